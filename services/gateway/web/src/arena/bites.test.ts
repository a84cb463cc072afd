import { expect, it } from 'vitest';
import { bitesOf, teeth } from './bites.ts';

it.each([
  [0, 0],
  [69, 0],
  [70, 1],
  [150, 2],
  [10_000, 6],
])('%i points are %i bites', (points, bites) => {
  expect(bitesOf(points)).toBe(bites);
});

it('bites each at their own edge', () => {
  const [left, right] = [teeth(6, -1), teeth(6, 1)];
  expect(left).toHaveLength(18);
  expect(Math.max(...left.map(({ x }) => x))).toBeLessThan(100);
  expect(Math.min(...right.map(({ x }) => x))).toBeGreaterThan(100);
});
