import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newcomer, ratingChanges, type Standing } from './rating.ts';

const standing = fc.record({
  rating: fc.integer({ min: 0, max: 4_000 }),
  deviation: fc.double({ min: 20, max: 250, noNaN: true }),
});

const settled = (rating: number): Standing => ({ rating, deviation: 30 });

test('a win never costs points and a loss never gives any, and both players are known better after', () => {
  fc.assert(
    fc.property(standing, standing, (p1, p2) => {
      const changes = ratingChanges({ p1, p2 }, 'p1');
      expect(changes.p1.delta).toBeGreaterThanOrEqual(0);
      expect(changes.p2.delta).toBeLessThanOrEqual(0);
      expect(Number.isInteger(changes.p1.delta) && Number.isInteger(changes.p2.delta)).toBe(true);
      expect(changes.p1.factor).toBeGreaterThan(0);
      // What the time between matches adds (tau) may outweigh what one match of the well-known says.
      expect(changes.p1.factor).toBeLessThan(1.02);
    }),
  );
});

test('it does not matter who is p1', () => {
  fc.assert(
    fc.property(standing, standing, (a, b) => {
      const one = ratingChanges({ p1: a, p2: b }, 'p1');
      const other = ratingChanges({ p1: b, p2: a }, 'p2');
      expect(one.p1.delta).toBe(other.p2.delta);
      expect(one.p2.delta).toBe(other.p1.delta);
    }),
  );
});

test('a draw between equals changes nothing, one between unequals brings them nearer', () => {
  const even = ratingChanges({ p1: newcomer, p2: newcomer }, 'draw');
  expect([even.p1.delta, even.p2.delta]).toEqual([0, 0]);
  const uneven = ratingChanges({ p1: settled(1_800), p2: settled(1_400) }, 'draw');
  expect(uneven.p1.delta).toBeLessThan(0);
  expect(uneven.p2.delta).toBeGreaterThan(0);
});

test('an upset counts for more than what was to be expected', () => {
  const upset = ratingChanges({ p1: settled(1_400), p2: settled(1_800) }, 'p1').p1.delta;
  const expected = ratingChanges({ p1: settled(1_800), p2: settled(1_400) }, 'p1').p1.delta;
  expect(upset).toBeGreaterThan(expected);
});

test('a player who wins ten times in eleven settles about 400 points above the opponent', () => {
  let p1: Standing = newcomer;
  let p2: Standing = newcomer;
  for (let i = 1; i <= 1_100; i++) {
    const changes = ratingChanges({ p1, p2 }, i % 11 === 0 ? 'p2' : 'p1');
    p1 = { rating: p1.rating + changes.p1.delta, deviation: p1.deviation * changes.p1.factor };
    p2 = { rating: p2.rating + changes.p2.delta, deviation: p2.deviation * changes.p2.factor };
  }
  expect(p1.rating - p2.rating).toBeGreaterThan(300);
  expect(p1.rating - p2.rating).toBeLessThan(500);
});
