import { expect, test } from 'vitest';
import { spreadOf } from './spread.ts';

test('quantiles are values that are there', () => {
  const values = Float64Array.from({ length: 200 }, (_, i) => 200 - i);
  expect(spreadOf(values)).toEqual({ count: 200, p50: 100, p95: 190, p99: 198, p999: 200, max: 200 });
  expect(spreadOf(Float64Array.of(7))).toEqual({ count: 1, p50: 7, p95: 7, p99: 7, p999: 7, max: 7 });
  expect(spreadOf(new Float64Array())).toEqual({ count: 0, p50: 0, p95: 0, p99: 0, p999: 0, max: 0 });
});
