import { expect, test } from 'vitest';
import type { Candidate } from '../../../services/matchmaker/src/pairing.ts';
import { mostWaitMs, waitFor } from '../../../services/matchmaker/src/tolerance.ts';
import { Crowd } from './crowd.ts';
import { delayMs, simulate } from './simulation.ts';
import { firstCome, ours } from './strategies.ts';

/** Who joins when, in ms, and with which rating; nobody comes back. The last one only makes the end. */
function crowdOf(...joins: [since: number, rating: number][]) {
  const later: Candidate[] = joins.map(([since, rating], i) => ({ id: `p${i}`, since, rating }));
  return {
    get nextAt() {
      return later[0]?.since ?? Number.POSITIVE_INFINITY;
    },
    next: () => later.shift() as Candidate,
    play: () => {},
  };
}

test('those who join within the delay are paired in one pass', () => {
  const { spreads, count } = simulate(
    crowdOf([0, 1_500], [1, 1_560], [2, 1_501], [2.5, 1_561], [50, 0]),
    ours,
  );
  expect(count).toBe(4);
  expect(spreads.distance.max).toBe(1);
  expect(spreads.wait.max).toBe(delayMs);
});

test('two who do not accept each other at once are paired as soon as one does', () => {
  const { spreads, mostOverdueMs } = simulate(crowdOf([0, 1_500], [400, 1_800], [60_000, 0]), ours);
  expect(spreads.wait.max).toBe(waitFor(300) + delayMs);
  expect(spreads.wait.p50).toBe(waitFor(300) + delayMs - 400);
  expect(mostOverdueMs).toBe(0);
});

test('whoever was alone for longer than the bound is late only by the delay when somebody comes', () => {
  const { spreads, mostOverdueMs } = simulate(crowdOf([0, 1_500], [30_000, 4_000], [60_000, 0]), ours);
  expect(spreads.wait.max).toBe(30_000 + delayMs);
  expect(mostOverdueMs).toBe(delayMs);
  const near = simulate(crowdOf([0, 1_500], [1_000, 5_000], [60_000, 0]), ours);
  expect(near.spreads.wait.max).toBe(mostWaitMs + delayMs);
});

test('the same seed comes to the same, whatever decides', () => {
  for (const strategy of [ours, firstCome]) {
    const [one, other] = [1, 1].map(() => {
      const outcome = simulate(new Crowd({ players: 3_000, joinsPerSecond: 10, seed: 5 }), strategy);
      return { ...outcome.spreads, count: outcome.count, repeats: outcome.repeats, near: outcome.near };
    });
    expect(one).toEqual(other);
    expect(one?.count).toBeGreaterThan(7_000);
  }
});
