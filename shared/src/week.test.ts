import { expect, test } from 'vitest';
import { isoWeek } from './week.ts';

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
