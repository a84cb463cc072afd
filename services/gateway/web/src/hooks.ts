import { useEffect } from 'preact/hooks';
import { game } from './game.ts';

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
