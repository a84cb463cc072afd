import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Candidate, nextChance, type Pair, pair } from './pairing.ts';
import { mostWaitMs, tolerance } from './tolerance.ts';

const now = 1_000_000;

/** `waited` in ms. */
const player = (id: string, rating: number, waited = 0, lastOpponent?: string): Candidate => ({
  id,
  rating,
  since: now - waited,
  lastOpponent,
});

const ids = (pairs: Pair[]) => pairs.map(([a, b]) => [a.id, b.id]);

const leftOver = (waiting: readonly Candidate[], pairs: Pair[]) => {
  const paired = new Set(pairs.flat());
  return waiting.filter((each) => !paired.has(each));
};

const accept = (a: Candidate, b: Candidate) =>
  Math.abs(a.rating - b.rating) <= tolerance(now - Math.min(a.since, b.since));

const played = (a: Candidate, b: Candidate) => a.lastOpponent === b.id || b.lastOpponent === a.id;

/** Crowds in which ratings, waits and last opponents collide often. */
const crowdOf = (most: number) =>
  fc
    .array(
      fc.record({
        rating: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.constantFrom(1_450, 1_500, 1_550)),
        waited: fc.oneof(fc.integer({ min: 0, max: 12_000 }), fc.constantFrom(0, 1_000, mostWaitMs)),
        last: fc.option(fc.nat({ max: most }), { nil: undefined }),
      }),
      { maxLength: most },
    )
    .map((all) =>
      all.map(({ rating, waited, last }, i) =>
        player(`p${i}`, rating, waited, last === undefined || last === i ? undefined : `p${last}`),
      ),
    );

const crowd = crowdOf(30);

describe('for any crowd', () => {
  const holds = (property: (waiting: Candidate[], pairs: Pair[]) => void) =>
    fc.assert(
      fc.property(crowd, (waiting) => property(waiting, pair(waiting, now))),
      { numRuns: 2_000 },
    );

  test('nobody is paired twice, nobody with themself, nobody is invented', () => {
    holds((waiting, pairs) => {
      const paired = pairs.flat();
      expect(new Set(paired.map(({ id }) => id)).size).toBe(paired.length);
      for (const each of paired) expect(waiting).toContain(each);
    });
  });

  test('only those are paired of whom the one who waited longer accepts the other; that one is first', () => {
    holds((_, pairs) => {
      for (const [a, b] of pairs) {
        expect(accept(a, b)).toBe(true);
        expect(a.since).toBeLessThanOrEqual(b.since);
      }
    });
  });

  test('nobody starves: who has waited for the bound is paired if anyone at all is there', () => {
    holds((waiting, pairs) => {
      const left = leftOver(waiting, pairs);
      if (left.some(({ since }) => now - since >= mostWaitMs)) expect(left).toHaveLength(1);
    });
  });

  test('no two who accept each other are both left over', () => {
    holds((waiting, pairs) => {
      const left = leftOver(waiting, pairs);
      for (const a of left) for (const b of left) if (a !== b) expect(accept(a, b)).toBe(false);
    });
  });

  test('a newcomer is never preferred to an equal who waited longer, unless to avoid the last opponent', () => {
    holds((waiting, pairs) => {
      for (const left of leftOver(waiting, pairs)) {
        for (const [a, b] of pairs) {
          for (const mine of [a, b]) {
            if (
              mine.rating === left.rating &&
              !waiting.some((each) => played(each, left) || played(each, mine))
            )
              expect(mine.since).toBeLessThanOrEqual(left.since);
          }
        }
      }
    });
  });

  test('the order of the input does not matter', () => {
    fc.assert(
      fc.property(
        crowd.chain((waiting) =>
          fc.tuple(
            fc.constant(waiting),
            fc.shuffledSubarray(waiting, { minLength: waiting.length, maxLength: waiting.length }),
          ),
        ),
        ([waiting, shuffled]) => {
          expect(ids(pair(shuffled, now))).toEqual(ids(pair(waiting, now)));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a pair becomes possible among those left over when it is said, and not before', () => {
    fc.assert(
      fc.property(crowd, (waiting) => {
        const left = leftOver(waiting, pair(waiting, now));
        const next = nextChance(left);
        if (left.length < 2) {
          expect(next).toBeUndefined();
          return;
        }
        expect(next).toBeGreaterThan(now);
        expect(pair(left, (next as number) - 2)).toEqual([]);
        expect(pair(left, next as number)).not.toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('distances are the least possible when everybody finds somebody', () => {
  const ratings = fc.uniqueArray(fc.integer({ min: 0, max: 3_000 }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(ratings, (all) => {
      const even = all.length % 2 ? all.slice(1) : all;
      const waiting = even.map((rating, i) => player(`p${i}`, rating, mostWaitMs));
      const distance = (pairs: Pair[]) =>
        pairs.reduce((sum, [a, b]) => sum + Math.abs(a.rating - b.rating), 0);
      const complete = everyPairing(waiting).filter((pairs) => pairs.length * 2 === waiting.length);
      expect(distance(pair(waiting, now))).toBe(Math.min(...complete.map(distance)));
    }),
  );
});

test('of up to five as many as can are paired, and nobody with their last opponent if that can be helped', () => {
  fc.assert(
    fc.property(crowdOf(5), (waiting) => {
      // Overdue players left over, players left over, last opponents: the fewer, in this order, the better.
      const faults = (pairs: Pair[]) => {
        const left = leftOver(waiting, pairs);
        const overdue = left.filter(({ since }) => now - since >= mostWaitMs);
        return overdue.length * 100 + left.length * 10 + pairs.filter(([a, b]) => played(a, b)).length;
      };
      const possible = everyPairing(waiting).filter((pairs) => pairs.every(([a, b]) => accept(a, b)));
      expect(faults(pair(waiting, now))).toBe(Math.min(...possible.map(faults)));
    }),
    { numRuns: 5_000 },
  );
});

/** All ways to pair some, all or none. */
function everyPairing(waiting: Candidate[]): Pair[][] {
  const [first, ...rest] = waiting;
  if (!first) return [[]];
  const paired = rest.flatMap((partner) =>
    everyPairing(rest.filter((each) => each !== partner)).map((pairs) => [
      [first, partner] as const,
      ...pairs,
    ]),
  );
  return [...paired, ...everyPairing(rest)];
}

test('two at once, if they are near enough', () => {
  expect(ids(pair([player('a', 1_500), player('b', 1_545)], now))).toEqual([['a', 'b']]);
  expect(pair([player('a', 1_500), player('b', 1_590)], now)).toEqual([]);
  expect(ids(pair([player('a', 1_500), player('b', 1_590, 1_000)], now))).toEqual([['b', 'a']]);
});

test('two who have just played each other do so again when nobody else is there, and not when somebody is', () => {
  const again = [player('a', 1_500, 20, 'b'), player('b', 1_500, 10, 'a')];
  expect(pair(again, now)).toHaveLength(1);
  expect(ids(pair([...again, player('c', 1_540)], now))).toEqual([['a', 'c']]);
  const four = [...again, player('c', 1_500, 10, 'd'), player('d', 1_500, 10, 'c')];
  expect(ids(pair(four, now))).toEqual([
    ['a', 'c'],
    ['b', 'd'],
  ]);
});

test('the work grows as n log n', () => {
  let looks = 0;
  const counted = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      id: `p${i}`,
      since: now - ((i * 7_919) % 9_000),
      get rating() {
        looks++;
        return (i * 104_729) % 3_001;
      },
    }));
  const looksPerPlayer = (count: number) => {
    looks = 0;
    pair(counted(count), now);
    return looks / (count * Math.log2(count));
  };
  expect(looksPerPlayer(50_000)).toBeLessThan(1.5 * looksPerPlayer(500));
});
