import { expect, test } from 'vitest';
import type { Candidate } from '../../../services/matchmaker/src/pairing.ts';
import { Crowd } from './crowd.ts';

/** Has everybody play whoever comes next, and tells who joined. */
function everybody(seed: number): Candidate[] {
  const crowd = new Crowd({ players: 4_000, joinsPerSecond: 10, seed });
  const joined: Candidate[] = [];
  let alone: Candidate | undefined;
  while (crowd.nextAt < Number.POSITIVE_INFINITY) {
    const at = crowd.nextAt;
    const player = crowd.next();
    expect(player.since).toBe(at);
    joined.push({ ...player });
    if (alone) {
      crowd.play(alone, player, at);
      crowd.play(player, alone, at);
      alone = undefined;
    } else alone = player;
  }
  return joined;
}

test('joins come in order, at the rate asked for from the first to the last', () => {
  const joined = everybody(1);
  const times = joined.map(({ since }) => since);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const last = times.at(-1) as number;
  for (const [from, to] of [
    [0, last / 2],
    [last / 2, last],
  ] as const) {
    const rate = times.filter((at) => at >= from && at < to).length / ((to - from) / 1_000);
    expect(rate).toBeGreaterThan(9);
    expect(rate).toBeLessThan(11);
  }
});

test('everybody comes, and about two of three joins are by somebody who has just played and says whom', () => {
  const joined = everybody(2);
  expect(new Set(joined.map(({ id }) => id)).size).toBe(4_000);
  const again = joined.filter(({ lastOpponent }) => lastOpponent !== undefined).length / joined.length;
  expect(again).toBeGreaterThan(0.6);
  expect(again).toBeLessThan(0.7);
  expect(joined.every(({ id, lastOpponent }) => id !== lastOpponent)).toBe(true);
});

test('the same seed makes the same crowd, another one another', () => {
  expect(everybody(3)).toEqual(everybody(3));
  expect(everybody(3)).not.toEqual(everybody(4));
});
