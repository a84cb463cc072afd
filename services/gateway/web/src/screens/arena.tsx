import { BigCookie } from '../components/big-cookie.tsx';
import { Countdown } from '../components/countdown.tsx';
import { GoldenBanner } from '../components/golden-banner.tsx';
import { GoldenCookie } from '../components/golden-cookie.tsx';
import { OpponentAbsence } from '../components/opponent-absence.tsx';
import { OpponentClicks } from '../components/opponent-clicks.tsx';
import { QuitButton } from '../components/quit-button.tsx';
import { Rope } from '../components/rope.tsx';
import { Clock, SideScore } from '../components/scoreboard.tsx';
import { game } from '../game.ts';
import { useTicking } from '../hooks.ts';
import { texts } from '../texts/texts.ts';
import { overdue, playing, timeUp } from '../view.ts';

/** The match. */
export function Arena() {
  useTicking();
  return (
    <main
      class={playing.value ? 'arena arena--playing' : 'arena'}
      data-testid="arena"
      aria-label={texts.value.arena.label}
    >
      <SideScore whose="mine" testId="my-score" />
      <Clock />
      <SideScore whose="theirs" testId="opponent-score" />
      <Rope />
      <div class="field">
        <BigCookie />
        <OpponentClicks />
        <GoldenCookie />
        <GoldenBanner />
        <OpponentAbsence />
        <Countdown />
        <TimeUp />
      </div>
      <QuitButton />
    </main>
  );
}

/** Between the end and the result. Where none comes, nobody has to stay. */
function TimeUp() {
  if (!timeUp.value) return null;
  return (
    <div class="time-up">
      <p role="status">{texts.value.arena.timeUp}</p>
      {overdue.value && (
        <button class="button" type="button" onClick={() => game.toLobby()}>
          {texts.value.arena.leave}
        </button>
      )}
    </div>
  );
}
