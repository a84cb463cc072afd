import { expect, it } from 'vitest';
import { ticksUpTo } from './ticks.ts';

it.each([
  [60, 4, [0, 15, 30, 45, 60]],
  [6, 4, [0, 2, 4, 6]],
  [3, 4, [0, 1, 2, 3]],
  [7, 4, [0, 2, 4, 6]],
  [0.5, 4, [0]],
  [300, 4, [0, 100, 200, 300]],
  [417, 3, [0, 200, 400]],
  [1, 3, [0, 1]],
  [40_000, 3, [0, 40_000]],
])('an axis to %f in at most %i parts is marked at %j', (most, parts, ticks) => {
  expect(ticksUpTo(most, parts)).toEqual(ticks);
});
