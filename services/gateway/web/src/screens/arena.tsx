import { BigCookie } from '../components/big-cookie.tsx';
import { Clock } from '../components/clock.tsx';
import { Countdown } from '../components/countdown.tsx';
import { GoldenBanner } from '../components/golden-banner.tsx';
import { GoldenCookie } from '../components/golden-cookie.tsx';
import { MuteButton } from '../components/mute-button.tsx';
import { OpponentAbsence } from '../components/opponent-absence.tsx';
import { OpponentClicks } from '../components/opponent-clicks.tsx';
import { QuitButton } from '../components/quit-button.tsx';
import { Rope } from '../components/rope.tsx';
import { SettingsMenu } from '../components/settings-menu.tsx';
import { SideScore } from '../components/side-score.tsx';
import { game } from '../game.ts';
import { useTicking } from '../hooks.ts';
import { texts } from '../texts/texts.ts';
import {
  claim,
  clock,
  countdownNumber,
  golden,
  hurry,
  overdue,
  playing,
  rope,
  sides,
  timeUp,
} from '../view.ts';

/** The match. */
export function Arena() {
  useTicking();
  return (
    <main
      class={playing.value ? 'arena arena--playing' : 'arena'}
      data-testid="arena"
      aria-label={texts.value.arena.label}
    >
      <SideScore side={sides.mine} testId="my-score" whose="mine" />
      <Clock seconds={clock} hurry={hurry} />
      <SideScore side={sides.theirs} testId="opponent-score" whose="theirs" />
      <Rope share={rope} />
      <div class="field">
        <BigCookie />
        <OpponentClicks />
        <GoldenCookie golden={golden} onClaim={() => game.claimGolden()} />
        <GoldenBanner claim={claim} names={{ theirs: sides.theirs.name }} />
        <OpponentAbsence />
        <Countdown seconds={countdownNumber} />
        <TimeUp />
      </div>
      <div class="arena__tools">
        <MuteButton />
        <SettingsMenu />
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
