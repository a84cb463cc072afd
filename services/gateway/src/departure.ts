import { setTimeout as sleep } from 'node:timers/promises';

/** What they are told who are sent to another gateway… */
export const goingAway = 'this gateway is going away: come back at once';
/** …and why else that may be. */
export const cutOff = 'this gateway is cut off from the game: come back, by another one if you can';

/** Those who leave are looked at so often, in ms. */
const stepMs = 10;

/**
 * Does something with each of many, spread evenly over a time, so that those who are sent elsewhere do not all arrive
 * there at once. Resolves after the last; at once if there is none.
 *
 * @param overMs 0 for all of them now
 */
export async function spread<T>(all: readonly T[], overMs: number, act: (one: T) => void): Promise<void> {
  const beganAt = performance.now();
  let done = 0;
  while (done < all.length) {
    const due = dueBy(performance.now() - beganAt, all.length, overMs);
    for (const one of all.slice(done, due)) act(one);
    done = due;
    if (done < all.length) await sleep(stepMs);
  }
}

/** How many of so many are due after some of the time, all in ms: the first at once, the last just before its end. */
export function dueBy(elapsedMs: number, count: number, overMs: number): number {
  if (elapsedMs >= overMs) return count;
  return Math.min(count, Math.floor((elapsedMs / overMs) * count) + 1);
}
