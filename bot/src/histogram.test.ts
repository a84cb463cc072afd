import { describe, expect, test } from 'vitest';
import { Histogram } from './histogram.ts';

const filled = (...values: number[]) => {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
};

describe('Histogram', () => {
  test('says nothing of nothing', () => {
    const histogram = new Histogram();
    expect(histogram.count).toBe(0);
    expect(histogram.max).toBe(0);
    expect(histogram.quantile(0.99)).toBe(0);
  });

  test('knows a single value exactly', () => {
    expect(filled(12.345).quantile(0.5)).toBe(12.345);
  });

  test.each([0.01, 0.5, 0.9, 0.99, 0.999])('finds the quantile %f of many values within 1 %%', (share) => {
    const histogram = new Histogram();
    for (let value = 1; value <= 100_000; value++) histogram.record(value / 100);
    const exact = share * 1_000;
    expect(Math.abs(histogram.quantile(share) - exact) / exact).toBeLessThan(0.0101);
  });

  test('keeps the largest value exactly', () => {
    const histogram = filled(1, 777.77, 3);
    expect(histogram.max).toBe(777.77);
    expect(histogram.quantile(1)).toBeCloseTo(777.77, -1);
  });

  test('takes values at and beyond its ends', () => {
    const histogram = filled(0, 0.001, 1_000_000, 5_000_000);
    expect(histogram.count).toBe(4);
    expect(histogram.quantile(0)).toBeLessThanOrEqual(0.0102);
    expect(histogram.max).toBe(5_000_000);
    expect(histogram.quantile(1)).toBeGreaterThan(900_000);
  });

  test('forgets', () => {
    const histogram = filled(5, 6);
    histogram.clear();
    expect(histogram.count).toBe(0);
    expect(histogram.quantile(0.5)).toBe(0);
    histogram.record(1);
    expect(histogram.quantile(0.5)).toBe(1);
  });
});
