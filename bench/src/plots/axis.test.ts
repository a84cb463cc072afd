import { expect, test } from 'vitest';
import { decades, fromZero, steps } from './axis.ts';

test('decades from and to powers of ten around all values', () => {
  const { scale, ticks } = decades([0, 0.3, 42, Number.POSITIVE_INFINITY], String);
  expect(ticks.map(({ label }) => label)).toEqual(['0.1', '1', '10', '100']);
  expect([0, 0.1, 1, 100, Number.POSITIVE_INFINITY].map(scale)).toEqual([0, 0, expect.closeTo(1 / 3), 1, 1]);
});

test.each([[[]], [[0]], [[10]]])('of %j there is a decade, too', (values) => {
  const { scale, ticks } = decades(values, String);
  expect(ticks).toHaveLength(2);
  expect(scale(ticks[0]?.at ?? 0)).toBe(0);
});

test('steps are the values themselves, equal factors apart', () => {
  const { scale, ticks } = steps([2, 4, 8, 16], String);
  expect(ticks.map(({ at }) => at)).toEqual([2, 4, 8, 16]);
  expect([2, 4, 16].map(scale)).toEqual([0, expect.closeTo(1 / 3), 1]);
});

test.each([
  [[177], [0, 50, 100, 150, 200]],
  [[1_612], [0, 500, 1_000, 1_500, 2_000]],
  [[4], [0, 1, 2, 3, 4]],
  [[0], [0, 0.25, 0.5, 0.75, 1]],
])('from 0 to beyond %j in round steps', (values, ticks) => {
  const axis = fromZero(values, String);
  expect(axis.ticks.map(({ at }) => at)).toEqual(ticks);
  expect(axis.scale(0)).toBe(0);
  expect(axis.scale(ticks.at(-1) ?? 0)).toBe(1);
});
