import { useEffect, useRef } from 'preact/hooks';
import { flightOfOpponent } from '../../arena/motion.ts';
import { Particles, poolSize, prefersStillness } from '../../arena/particles.ts';
import { clickLabel, opponentClicks } from '../../view.ts';

/** Between the clicks of one frame, in ms: they were made one after the other, and look so. */
const staggerMs = 35;

/** The opponent's clicks, flying in from their side. */
export function OpponentClicks() {
  const container = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!container.current) return;
    const particles = new Particles(container.current);
    let seen = opponentClicks.peek() ?? 0;
    return opponentClicks.subscribe((clicks = seen) => {
      const fresh = Math.min(clicks - seen, poolSize);
      seen = clicks;
      for (let i = 0; i < fresh; i++) {
        const [keyframes, timing] = flightOfOpponent(prefersStillness());
        particles.launch(clickLabel('theirs'), keyframes, { ...timing, delay: i * staggerMs });
      }
    });
  }, []);

  return (
    <div
      ref={container}
      class="particles particles--theirs"
      data-testid="opponent-clicks"
      aria-hidden="true"
    />
  );
}
