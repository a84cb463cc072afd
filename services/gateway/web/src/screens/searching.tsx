import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { NoticeLine } from '../components/notice-line.tsx';
import { Oven } from '../components/waiting/oven.tsx';
import { PracticeOffer } from '../components/waiting/practice-offer.tsx';
import { formatDuration, formatWait } from '../format.ts';
import { useTickingSeconds } from '../hooks.ts';
import { secondsSince } from '../match/timing.ts';
import { game } from '../state/game.ts';
import { texts } from '../texts/texts.ts';

/** Waiting for an opponent out of the queue, or for a bot. */
export function Searching() {
  useTickingSeconds();
  const title = useRef<HTMLHeadingElement>(null);
  const isPractice = useComputed(() => game.wait.value?.kind === 'practice').value;
  // The button that led here is gone, and with it the place where a keyboard's user was.
  useEffect(() => title.current?.focus(), [isPractice]);

  return (
    <main class="screen searching" data-testid="searching">
      <h1 ref={title} tabIndex={-1}>
        {isPractice ? texts.value.searching.practiceTitle : texts.value.searching.title}
      </h1>
      <Oven />
      <div class="searching__words">
        {isPractice ? <p class="searching__facts">{texts.value.searching.practiceFacts}</p> : <Facts />}
        <NoticeLine />
        <PracticeOffer />
        <button class="button button--quiet" type="button" data-testid="cancel" onClick={() => game.cancel()}>
          {texts.value.searching.cancel}
        </button>
      </div>
    </main>
  );
}

/** How many wait, how long it takes as a rule, and how long it has taken so far. */
function Facts() {
  const waiting = useComputed(() => {
    const players = game.wait.value?.queued?.waiting;
    return players === undefined ? texts.value.searching.asking : texts.value.searching.waiting(players);
  });
  const usually = useComputed(() => {
    const estimate = game.wait.value?.queued?.estimatedWaitMs;
    return estimate === undefined ? '' : texts.value.searching.usually(formatWait(estimate));
  });
  const waited = useComputed(() => {
    const now = game.now.value;
    return formatDuration(secondsSince(game.wait.value?.since ?? now, now));
  });
  return (
    <p class="searching__facts">
      <output data-testid="waiting-count">{waiting}</output>
      <span data-testid="estimated-wait">{usually}</span>
      <span role="timer">
        {texts.value.searching.waited} {waited}
      </span>
    </p>
  );
}
