import type { Role } from '@overcookied/shared/protocol.ts';
import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { flightOfOpponent, squashAt } from '../../arena/motion.ts';
import { Particles, poolSize, prefersStillness } from '../../arena/particles.ts';
import { watching } from '../../state/watching.ts';
import { clickLabel, clicks } from '../../watch-view.ts';
import { WatchedCookie } from './watched-cookie.tsx';

/** A watcher is told how it stands several times a second: the clicks in between are spread over so many ms. */
const spreadMs = 200;
/** Which part of its flight a click has behind it as it lands. */
const landing = 0.75;

/** The cookie that both click, and every click on it. */
export function FlyingClicks() {
  const art = useRef<HTMLSpanElement>(null);
  const left = useRef<HTMLDivElement>(null);
  const right = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!art.current || !left.current || !right.current) return;
    const cookie = art.current;
    const ends = [follow('p1', left.current, cookie), follow('p2', right.current, cookie)];
    return () => {
      for (const end of ends) end();
    };
  }, []);

  return (
    <>
      <WatchedCookie art={art} />
      <div ref={left} class="particles particles--mine" data-testid="p1-clicks" aria-hidden="true" />
      <div ref={right} class="particles particles--theirs" data-testid="p2-clicks" aria-hidden="true" />
    </>
  );
}

/** Lets each new click of this side fly in and press the cookie. @returns what ends it */
function follow(role: Role, container: HTMLElement, cookie: HTMLElement): () => void {
  const particles = new Particles(container);
  const side = role === 'p1' ? 'left' : 'right';
  let seen = { clicks: clicks[role].peek(), jumps: watching.jumps.peek() };
  return effect(() => {
    const now = { clicks: clicks[role].value, jumps: watching.jumps.peek() };
    const fresh = now.jumps === seen.jumps ? Math.min(now.clicks - seen.clicks, poolSize) : 0;
    seen = now;
    if (fresh <= 0) return;
    const still = prefersStillness();
    const speed = watching.timeline.peek() ? watching.speed.peek() : 1;
    for (let i = 0; i < fresh; i++) {
      const [keyframes, timing] = flightOfOpponent(still, side);
      const duration = Number(timing.duration) / speed;
      particles.launch(clickLabel(role), keyframes, { ...timing, duration, delay: (i * spreadMs) / fresh });
      if (i === 0 && !still) press(cookie, side, duration * landing);
    }
  });
}

function press(cookie: HTMLElement, side: 'left' | 'right', delay: number): void {
  const [keyframes, timing] = squashAt({ x: side === 'left' ? 35 : 65, y: 50 }, false);
  cookie.animate(keyframes, { ...timing, delay });
}
