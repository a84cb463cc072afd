import '../styles/watch.css';
import { useComputed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Clock } from '../components/arena/clock.tsx';
import { Countdown } from '../components/arena/countdown.tsx';
import { GoldenBanner } from '../components/arena/golden-banner.tsx';
import { GoldenCookie } from '../components/arena/golden-cookie.tsx';
import { Rope } from '../components/arena/rope.tsx';
import { SideScore } from '../components/arena/side-score.tsx';
import { Absences } from '../components/watch/absences.tsx';
import { Controls } from '../components/watch/controls.tsx';
import { Ending } from '../components/watch/ending.tsx';
import { FlyingClicks } from '../components/watch/flying-clicks.tsx';
import { Lead } from '../components/watch/lead.tsx';
import { LiveFoot } from '../components/watch/live-foot.tsx';
import { NotThere } from '../components/watch/not-there.tsx';
import { WatchTop } from '../components/watch/watch-top.tsx';
import { watching } from '../state/watching.ts';
import { texts } from '../texts/texts.ts';
import {
  claim,
  clock,
  countdownNumber,
  flag,
  golden,
  goldenWorth,
  hurry,
  rope,
  sides,
  style,
} from '../watch-view.ts';
import { FirstPaint, Opening } from './opening.tsx';

/** A match of others: live, or as a replay. */
export function Watch({ roomId }: { roomId: string }) {
  useWatching(roomId);
  useFrames();
  const stage = watching.stage.value;
  const isAway = useComputed(() => watching.connection.value?.state === 'reconnecting');
  if (stage === 'opening')
    return isAway.value ? <FirstPaint text={texts.value.watch.reconnecting} /> : <Opening />;
  if (stage !== 'live' && stage !== 'replay') return <NotThere why={stage} />;
  return <WatchedMatch />;
}

function WatchedMatch() {
  const timeline = watching.timeline.value;
  const names = { mine: sides.p1.name, theirs: sides.p2.name };
  const title = texts.value.watch.title(names.mine.value, names.theirs.value);
  useTitle(title);
  return (
    <main class={`watch ${style.value}`} data-testid="watch" aria-label={texts.value.watch.label}>
      {!watching.isAtEnd.value && <h1 class="unseen">{title}</h1>}
      <WatchTop />
      <SideScore side={sides.p1} testId="p1-score" whose="mine" />
      <Clock seconds={clock} hurry={hurry} />
      <SideScore side={sides.p2} testId="p2-score" whose="theirs" />
      <Rope share={rope} flag={flag} />
      <div class="field">
        <FlyingClicks />
        <GoldenCookie golden={golden} worth={goldenWorth} />
        <GoldenBanner claim={claim} names={names} />
        <Absences />
        <Countdown seconds={countdownNumber} />
        {timeline && watching.isAtEnd.value && <Ending timeline={timeline} />}
      </div>
      <Lead />
      {timeline ? <Controls timeline={timeline} /> : <LiveFoot />}
    </main>
  );
}

/** Watches while the page is there, and not while it is only kept by the browser for whoever may come back to it. */
function useWatching(roomId: string): void {
  useEffect(() => {
    const leave = () => watching.close();
    const comeBack = ({ persisted }: { persisted: boolean }) => {
      if (persisted) enter();
    };
    const enter = () => {
      // A replay goes on where it was.
      if (watching.stage.peek() !== 'replay') watching.open(roomId);
    };
    enter();
    addEventListener('pagehide', leave);
    addEventListener('pageshow', comeBack);
    return () => {
      leave();
      removeEventListener('pagehide', leave);
      removeEventListener('pageshow', comeBack);
    };
  }, [roomId]);
}

/** Moves what is shown on, once a frame, and asks for no frame while it stands. */
function useFrames(): void {
  const isMoving = watching.isMoving.value;
  useEffect(() => {
    if (!isMoving) return;
    let frame = 0;
    const tick = (at: number) => {
      watching.tick(at);
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [isMoving]);
}

function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
