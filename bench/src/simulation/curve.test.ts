import { Random } from '@overcookied/bot/random.ts';
import { expect, test } from 'vitest';
import { drawRating } from './curve.ts';
import { drawGap, drawNormal, probit } from './normal.ts';

const count = 200_000;
const many = (draw: (random: Random) => number) => {
  const random = new Random(7);
  return Float64Array.from({ length: count }, () => draw(random)).sort();
};
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: Float64Array) => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

test('the curve is that of online chess: 1500 in the middle, 2200 at the 97th percentile, leaning right', () => {
  const ratings = many(drawRating);
  const at = (share: number) => ratings[share * count] as number;
  expect(mean(ratings)).toBeCloseTo(1_500, -1);
  expect(at(0.97)).toBeGreaterThan(2_180);
  expect(at(0.97)).toBeLessThan(2_220);
  expect(at(0.999) - 1_500).toBeGreaterThan(1.2 * (1_500 - at(0.001)));
  expect(ratings.every(Number.isInteger)).toBe(true);
});

test('normal draws have mean 0 and deviation 1, and quantiles where probit says', () => {
  const values = many(drawNormal);
  expect(mean(values)).toBeCloseTo(0, 1);
  expect(deviation(values)).toBeCloseTo(1, 1);
  for (const share of [0.01, 0.25, 0.5, 0.9]) {
    expect(Math.abs((values[share * count] as number) - probit(share))).toBeLessThan(0.03);
  }
  expect(probit(0.975)).toBeCloseTo(1.96, 2);
});

test('gaps have the mean asked for, and that as their deviation', () => {
  const gaps = many((random) => drawGap(random, 40));
  expect(mean(gaps)).toBeCloseTo(40, 0);
  expect(deviation(gaps)).toBeCloseTo(40, 0);
  expect(gaps[0]).toBeGreaterThanOrEqual(0);
});
