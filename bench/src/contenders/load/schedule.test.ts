import { expect, test } from 'vitest';
import { countDue, dueAt, dueOf, type Schedule } from './schedule.ts';

const schedule: Schedule = { startsAt: 1_000, players: 4, clicksPerSecond: 40 };

test('all clicks are evenly spread, and each player clicks as steadily', () => {
  expect([0, 1, 2].map((k) => dueAt(schedule, k))).toEqual([1_000, 1_025, 1_050]);
  expect([0, 1, 2].map((n) => dueOf(schedule, 3, n))).toEqual([1_075, 1_175, 1_275]);
  // The same click by either number.
  expect(dueOf(schedule, 3, 2)).toBe(dueAt(schedule, 11));
});

test('what is due by now is what was due until now', () => {
  for (const now of [1_000, 1_010, 1_024.9, 1_025, 1_333, 2_000]) {
    const due = countDue(schedule, now);
    expect(dueAt(schedule, due - 1)).toBeLessThanOrEqual(now);
    expect(dueAt(schedule, due)).toBeGreaterThan(now);
  }
  expect(countDue(schedule, 500)).toBe(0);
});
