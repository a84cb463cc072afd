import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../../services/matchmaker/src/pairing.ts';
import { tolerance } from '../../../services/matchmaker/src/tolerance.ts';
import { firstCome, greedy, ours } from './strategies.ts';

const now = 10_000;
const player = (id: string, rating: number, waited = 0): Candidate => ({ id, rating, since: now - waited });
const ids = (strategy: typeof ours, waiting: Candidate[]) =>
  strategy.pair(waiting, now).map(([a, b]) => `${a.id}${b.id}`);

const crowd = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 9_000 })), { maxLength: 20 })
  .map((all) => all.map(([rating, waited], i) => player(`p${i}`, rating, waited)));

test.each([ours, greedy, firstCome])('$name pairs nobody twice, the elder first', (strategy) => {
  fc.assert(
    fc.property(crowd, (waiting) => {
      const pairs = strategy.pair(waiting, now);
      expect(new Set(pairs.flat()).size).toBe(2 * pairs.length);
      for (const [a, b] of pairs) expect(a.since).toBeLessThanOrEqual(b.since);
    }),
  );
});

describe('greedy', () => {
  test('leaves no two over who accept each other', () => {
    fc.assert(
      fc.property(crowd, (waiting) => {
        const paired = new Set(greedy.pair(waiting, now).flat());
        const left = waiting.filter((each) => !paired.has(each));
        for (const a of left) {
          for (const b of left) {
            const accepted = tolerance(now - Math.min(a.since, b.since));
            if (a !== b) expect(Math.abs(a.rating - b.rating)).toBeGreaterThan(accepted);
          }
        }
      }),
    );
  });

  test('gives the one who has waited longest the nearest, whatever that does to others', () => {
    const row = [player('a', 1_500, 30), player('b', 1_470, 20), player('c', 1_525, 10), player('d', 1_560)];
    expect(ids(greedy, row)).toEqual(['ac']);
    expect(ids(ours, row)).toEqual(['ab', 'cd']);
  });
});

test('first come, first served does not look at ratings', () => {
  expect(ids(firstCome, [player('c', 1_500, 10), player('a', 0, 30), player('b', 3_000, 20)])).toEqual([
    'ab',
  ]);
});
