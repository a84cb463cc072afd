import { setTimeout as sleep } from 'node:timers/promises';
import type { Difference } from './difference.ts';

const firstPauseMs = 20;
const longestPauseMs = 500;

/**
 * Looks again until there is no difference any more: while the game runs, what is recorded in several places is read
 * at several moments.
 *
 * @returns what is still different after `patienceMs`
 */
export async function lasting(
  look: () => Promise<Difference | undefined>,
  patienceMs: number,
): Promise<Difference | undefined> {
  const deadline = performance.now() + patienceMs;
  for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
    const difference = await look();
    if (!difference || performance.now() > deadline) return difference;
    await sleep(pause);
  }
}
