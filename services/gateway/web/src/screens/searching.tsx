import { useComputed } from '@preact/signals';
import { CookieArt } from '../components/cookie-art.tsx';
import { NoticeLine } from '../components/notice-line.tsx';
import { formatDuration } from '../format.ts';
import { game } from '../game.ts';
import { useTicking } from '../hooks.ts';
import { texts } from '../texts.ts';

/** Waiting for an opponent. */
export function Searching() {
  useTicking();
  const waiting = useComputed(() => {
    const players = game.queue.value?.waiting;
    return players === undefined ? texts.searching.asking : texts.searching.waiting(players);
  });
  const waited = useComputed(() => {
    const now = game.now.value;
    return formatDuration(Math.max(0, Math.floor((now - (game.queue.value?.since ?? now)) / 1000)));
  });

  return (
    <main class="screen searching" data-testid="searching">
      <div class="oven" aria-hidden="true">
        <span class="oven__ring" />
        <span class="oven__ring oven__ring--late" />
        <CookieArt id="oven" />
      </div>
      <h1>{texts.searching.title}</h1>
      <p class="searching__facts">
        <output data-testid="waiting-count">{waiting}</output>
        <span role="timer">
          {texts.searching.waited} {waited}
        </span>
      </p>
      <NoticeLine />
      <button class="button button--quiet" type="button" data-testid="cancel" onClick={() => game.cancel()}>
        {texts.searching.cancel}
      </button>
    </main>
  );
}
