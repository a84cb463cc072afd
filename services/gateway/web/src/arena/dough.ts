/** The toy of whoever waits: so many presses on the dough make a roll. */
import type { Motion } from './motion.ts';

const kneadsPerRoll = 8;

export const rollsOf = (kneads: number): number => Math.floor(kneads / kneadsPerRoll);

/** How far the roll is that is being made: 0 is raw, and just before 1 it is baked. */
export const riseOf = (kneads: number): number => (kneads % kneadsPerRoll) / kneadsPerRoll;

/** Dough gives way, and comes back with a wobble. `still` is for players who want less motion. */
export function wobble(still: boolean): Motion {
  const deep = still ? 0.3 : 1;
  const scale = (by: number, offset: number): Keyframe => ({
    transform: `scale(${1 + by * 0.16 * deep}, ${1 - by * 0.2 * deep})`,
    offset,
  });
  return [
    [scale(0, 0), scale(1, 0.2), scale(-0.45, 0.5), scale(0.2, 0.75), scale(0, 1)],
    { duration: still ? 140 : 380, easing: 'ease-out' },
  ];
}

/** A baked roll hops out of the oven. */
export function hop(still: boolean): Motion {
  const fade: Keyframe[] = [{ opacity: 1 }, { opacity: 0 }];
  const fly: Keyframe[] = [
    { transform: 'none', opacity: 1 },
    { transform: 'translate(26%, -70%) rotate(60deg) scale(.8)', opacity: 1, offset: 0.45 },
    { transform: 'translate(60%, 40%) rotate(220deg) scale(.3)', opacity: 0 },
  ];
  return [still ? fade : fly, { duration: 620, easing: 'ease-in-out' }];
}
