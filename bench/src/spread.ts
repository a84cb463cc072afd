/** How values are spread: what half of them, and nearly all of them, do not exceed. */
export interface Spread {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  p999: number;
  max: number;
}

/** The exact quantiles of these values; all are 0 when there are none. The array is sorted by it. */
export function spreadOf(values: Float64Array | Float32Array): Spread {
  values.sort();
  const quantile = (share: number) => values[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;
  return {
    count: values.length,
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    p999: quantile(0.999),
    max: quantile(1),
  };
}
