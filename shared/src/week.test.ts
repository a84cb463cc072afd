import { expect, test } from 'vitest';
import { isoWeek, weekNumber, weekStart } from './week.ts';

// The dates around new year are those of ISO 8601's own examples.
test.each([
  ['2026-11-24', '2026-W48'],
  ['2005-01-01', '2004-W53'],
  ['2005-01-02', '2004-W53'],
  ['2005-12-31', '2005-W52'],
  ['2007-01-01', '2007-W01'],
  ['2008-12-29', '2009-W01'],
  ['2010-01-03', '2009-W53'],
])('%s is in %s', (day, week) => {
  expect(isoWeek(Date.parse(`${day}T00:00:00Z`))).toBe(week);
  expect(isoWeek(Date.parse(`${day}T23:59:59Z`))).toBe(week);
});

test('a week has the same number from its Monday to its Sunday, and the next one the next', () => {
  for (let number = 2_900; number < 3_500; number++) {
    const [start, end] = [weekStart(number), weekStart(number + 1)];
    expect(new Date(start).getUTCDay()).toBe(1);
    expect([start - 1, start, end - 1, end].map(weekNumber)).toEqual([
      number - 1,
      number,
      number,
      number + 1,
    ]);
    expect(isoWeek(start)).toBe(isoWeek(end - 1));
    expect(isoWeek(end) > isoWeek(start)).toBe(true);
  }
});
