import { useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { arenaClass } from '../arena/arena-class.ts';
import { Announcer } from '../components/arena/announcer.tsx';
import { BigCookie, goldenKey } from '../components/arena/big-cookie.tsx';
import { Clock } from '../components/arena/clock.tsx';
import { Countdown } from '../components/arena/countdown.tsx';
import { FinalSeconds } from '../components/arena/final-seconds.tsx';
import { GoldenBanner } from '../components/arena/golden-banner.tsx';
import { GoldenCookie } from '../components/arena/golden-cookie.tsx';
import { GoldenFlight } from '../components/arena/golden-flight.tsx';
import { MuteButton } from '../components/arena/mute-button.tsx';
import { OpponentAbsence } from '../components/arena/opponent-absence.tsx';
import { OpponentClicks } from '../components/arena/opponent-clicks.tsx';
import { QuitButton } from '../components/arena/quit-button.tsx';
import { Rope } from '../components/arena/rope.tsx';
import { SideScore } from '../components/arena/side-score.tsx';
import { Versus } from '../components/arena/versus.tsx';
import { SettingsMenu } from '../components/settings/settings-menu.tsx';
import { useTicking } from '../hooks.ts';
import { game } from '../state/game.ts';
import { texts } from '../texts/texts.ts';
import {
  claim,
  clock,
  countdownNumber,
  flag,
  golden,
  goldenWorth,
  hurry,
  leader,
  overdue,
  playing,
  rope,
  sides,
  timeUp,
} from '../view.ts';

/** The match. */
export function Arena() {
  useTicking();
  const cookie = useRef<HTMLButtonElement>(null);
  const style = useComputed(() =>
    arenaClass({
      playing: playing.value,
      hurry: hurry.value,
      'golden-mine': sides.mine.bonus.value,
      'golden-theirs': sides.theirs.bonus.value,
      [`led-by-${leader.value}`]: leader.value,
    }),
  );
  return (
    <main
      class={style}
      data-testid="arena"
      aria-label={texts.value.arena.label}
      // A finger that rests on the cookie wants no menu.
      onContextMenu={(event) => event.preventDefault()}
    >
      <h1 class="unseen">{texts.value.arena.title(sides.mine.name.value, sides.theirs.name.value)}</h1>
      <SideScore side={sides.mine} testId="my-score" whose="mine" />
      <Clock seconds={clock} hurry={hurry} />
      <SideScore side={sides.theirs} testId="opponent-score" whose="theirs" />
      <Rope share={rope} flag={flag} />
      <div class="field">
        <BigCookie button={cookie} />
        <OpponentClicks />
        <GoldenCookie
          golden={golden}
          worth={goldenWorth}
          onClaim={() => game.claimGolden()}
          shortcut={goldenKey}
          home={cookie}
        />
        <FinalSeconds />
        <GoldenBanner claim={claim} names={{ theirs: sides.theirs.name }} />
        <OpponentAbsence />
        <Countdown seconds={countdownNumber}>
          <Versus />
        </Countdown>
        <TimeUp />
      </div>
      <GoldenFlight claim={claim} />
      <div class="arena__tools">
        <MuteButton />
        <SettingsMenu />
      </div>
      <QuitButton />
      <Announcer />
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
