/** The eyes of the big cookie: where they look, and that they blink. */
import { effect, type ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { middle } from './boxes.ts';
import { gazeAt } from './mood.ts';
import { blink, type Spot } from './motion.ts';
import { prefersStillness } from './particles.ts';

/** After so long without a pointer moving, in ms, they look elsewhere. */
const patienceMs = 1_200;
/** From one blink to the next, in ms: so long, and up to as much again. */
const blinkEveryMs = 2_200;

/**
 * Makes the eyes follow the pointer, and blink.
 * @param attraction what they look at otherwise, in per cent of the field
 */
export function useLivingEyes(
  eyes: RefObject<HTMLElement | null>,
  attraction: ReadonlySignal<Spot | undefined>,
): void {
  useEffect(() => {
    const look = (at: Spot = middle) => {
      const { x, y } = gazeAt(at);
      eyes.current?.style.setProperty('--gaze', `${(x * 32).toFixed()}% ${(y * 26).toFixed()}%`);
    };
    let boredom: ReturnType<typeof setTimeout>;
    // Asked for at each click, the window's size would be a reason to lay the page out at once.
    let window = { width: 0, height: 0 };
    const measure = () => {
      window = { width: innerWidth, height: innerHeight };
    };
    measure();
    const follow = ({ clientX, clientY }: PointerEvent) => {
      look({ x: (100 * clientX) / window.width, y: (100 * clientY) / window.height });
      clearTimeout(boredom);
      boredom = setTimeout(() => look(attraction.peek()), patienceMs);
    };
    addEventListener('resize', measure);
    addEventListener('pointermove', follow);
    addEventListener('pointerdown', follow);
    const end = effect(() => look(attraction.value));
    return () => {
      removeEventListener('resize', measure);
      removeEventListener('pointermove', follow);
      removeEventListener('pointerdown', follow);
      clearTimeout(boredom);
      end();
    };
  }, []);

  // Not by a style that never ends: the browser would draw for it sixty times a second.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      timer = setTimeout(
        () => {
          if (!prefersStillness()) eyes.current?.animate(...blink);
          wait();
        },
        blinkEveryMs * (1 + Math.random()),
      );
    };
    wait();
    return () => clearTimeout(timer);
  }, []);
}
