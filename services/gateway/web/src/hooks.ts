import { useEffect } from 'preact/hooks';
import { game } from './state/game.ts';

/** How often a clock is looked at that shows whole seconds, in ms. */
const secondsMs = 250;

/** Keeps `game.now` moving while the component is there, as often as is needed for whole seconds. */
export function useTickingSeconds(): void {
  useEffect(() => {
    const tick = () => game.tick();
    tick();
    const timer = setInterval(tick, secondsMs);
    return () => clearInterval(timer);
  }, []);
}

/** Keeps `game.now` moving, once a frame, while the component is there. */
export function useTicking(): void {
  useEffect(() => {
    let frame = 0;
    const tick = () => {
      game.tick();
      frame = requestAnimationFrame(tick);
    };
    tick();
    return () => cancelAnimationFrame(frame);
  }, []);
}
