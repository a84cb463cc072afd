import { expect, test } from 'vitest';
import { bucketsOf, countAtMost, quantileBound, readSamples, sumOf } from './prometheus.ts';

const text = (fast: number, slow: number) => `# HELP late_seconds How late.
# TYPE late_seconds histogram
late_seconds_bucket{le="0.001",service="x"} ${fast}
late_seconds_bucket{le="0.5",service="x"} ${fast + slow}
late_seconds_bucket{le="+Inf",service="x"} ${fast + slow}
late_seconds_count{service="x"} ${fast + slow}
events_total{kind="a",service="x"} 3
events_total{kind="b",service="x"} 4.5
process_cpu_seconds_total 1.25
`;

test('values are summed over their labels, and unknown names are told from zeros', () => {
  const samples = readSamples(text(1, 1));
  expect(sumOf(samples, 'events_total')).toBe(7.5);
  expect(sumOf(samples, 'process_cpu_seconds_total')).toBe(1.25);
  expect(sumOf(samples, 'events')).toBeUndefined();
});

test('a quantile is that of what came between the readings', () => {
  const buckets = (fast: number, slow: number) => bucketsOf(readSamples(text(fast, slow)), 'late_seconds');
  expect(quantileBound(buckets(0, 1_000), buckets(99, 1_001), 0.5)).toBe(0.001);
  expect(quantileBound(buckets(0, 1_000), buckets(99, 1_001), 0.99)).toBe(0.001);
  expect(quantileBound(buckets(0, 1_000), buckets(99, 1_001), 0.999)).toBe(0.5);
  expect(quantileBound(buckets(5, 5), buckets(5, 5), 0.5)).toBe(0);
  expect(countAtMost(buckets(0, 1_000), buckets(99, 1_001), 0.001)).toBe(99);
  expect(countAtMost(buckets(0, 1_000), buckets(99, 1_001), Number.POSITIVE_INFINITY)).toBe(100);
});
