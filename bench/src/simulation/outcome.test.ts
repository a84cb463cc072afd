import { expect, test } from 'vitest';
import { Outcome } from './outcome.ts';

const player = (rating: number, since: number, lastOpponent?: string) => ({
  id: String(rating),
  rating,
  since,
  lastOpponent,
});

function filled() {
  const outcome = new Outcome();
  outcome.pair(player(1_000, 0), player(1_300, 5), 10);
  outcome.pair(player(1_500, 1_000, '1600'), player(1_600, 1_990, '1000'), 2_000);
  outcome.overdue(-5);
  outcome.overdue(3);
  return outcome;
}

test('counts', () => {
  const outcome = filled();
  expect(outcome.count).toBe(4);
  expect(outcome.near).toBe(2);
  expect(outcome.repeats).toBe(2);
  expect(outcome.mostOverdueMs).toBe(3);
  expect(outcome.spreads.distance).toMatchObject({ count: 4, p50: 100, max: 300 });
  expect(outcome.spreads.wait).toMatchObject({ count: 4, p50: 10, max: 1_000 });
});

test('tells classes of ratings apart', () => {
  const outcome = filled();
  expect(outcome.ratingsAt([0.25, 0.5])).toEqual([1_300, 1_500]);
  const classes = outcome.spreadsBetween([1_300, 1_550]);
  expect(classes.map(({ distance }) => distance.max)).toEqual([300, 300, 100]);
  expect(classes.map(({ wait }) => wait.count)).toEqual([1, 2, 1]);
});

test('keeps more than fits at first', () => {
  const outcome = new Outcome();
  for (let i = 0; i < 3_000; i++) outcome.pair(player(i, 0), player(i, 0), i);
  expect(outcome.count).toBe(6_000);
  expect(outcome.spreads.wait.max).toBe(2_999);
});
