import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { bump, flightHome } from '../../arena/motion.ts';
import { prefersStillness } from '../../arena/particles.ts';
import type { Match } from '../../match/match.ts';
import { CookieArt } from '../cookie-art.tsx';

/** A golden cookie that was claimed flies to whoever has got it. */
export function GoldenFlight({ claim }: { claim: ReadonlySignal<Match['claim']> }) {
  const cookie = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let seen = claim.peek()?.at;
    return claim.subscribe((latest) => {
      if (!latest || latest.at === seen) return;
      seen = latest.at;
      const arena = cookie.current?.parentElement;
      // It is still drawn where it was: the page is drawn anew after the signals have changed.
      const from = arena?.querySelector('.golden')?.getBoundingClientRect();
      const face = arena?.querySelector(`.side--${latest.by} .side__face`);
      if (!from || !face || prefersStillness()) return;
      const [keyframes, timing] = flightHome(from, face.getBoundingClientRect());
      cookie.current?.animate(keyframes, timing);
      face.animate(...bump(1.5, Number(timing.duration)));
    });
  }, [claim]);
  return (
    <span ref={cookie} class="golden-flight" aria-hidden="true">
      <CookieArt id="golden-flight" golden />
    </span>
  );
}
