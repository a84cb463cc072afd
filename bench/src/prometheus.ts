/** Reads what a service tells of itself at `/metrics`. */

/** A sample, as in `name{labels} value`. */
interface Sample {
  name: string;
  labels: string;
  value: number;
}

export type Samples = readonly Sample[];

/** @param text in Prometheus' format */
export function readSamples(text: string): Samples {
  return [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels = '', value]) => ({
    name,
    labels,
    value: Number(value),
  }));
}

/** The sum over all labels; undefined when the service tells nothing of this name. */
export function sumOf(samples: Samples, name: string): number | undefined {
  const named = samples.filter((sample) => sample.name === name);
  return named.length > 0 ? named.reduce((sum, { value }) => sum + value, 0) : undefined;
}

/** How many values of a histogram were at most so much, bucket by bucket, over all labels. */
export function bucketsOf(samples: Samples, name: string): Map<number, number> {
  const buckets = new Map<number, number>();
  for (const sample of samples) {
    const limit = sample.name === `${name}_bucket` && sample.labels.match(/(?:^|,)le="([^"]+)"/)?.[1];
    if (!limit) continue;
    const bound = limit === '+Inf' ? Number.POSITIVE_INFINITY : Number(limit);
    buckets.set(bound, (buckets.get(bound) ?? 0) + sample.value);
  }
  return buckets;
}

/**
 * How many values that were counted between two readings were at most so much.
 *
 * @param bound of a bucket
 */
export const countAtMost = (before: Map<number, number>, after: Map<number, number>, bound: number): number =>
  (after.get(bound) ?? 0) - (before.get(bound) ?? 0);

/**
 * The bound of the bucket in which this quantile of what was counted between two readings is; 0 when nothing was.
 *
 * @param share from 0 to 1
 */
export function quantileBound(
  before: Map<number, number>,
  after: Map<number, number>,
  share: number,
): number {
  const bounds = [...after.keys()].sort((a, b) => a - b);
  const all = countAtMost(before, after, Number.POSITIVE_INFINITY);
  if (all === 0) return 0;
  const isEnough = (bound: number) => countAtMost(before, after, bound) >= share * all;
  return bounds.find(isEnough) ?? Number.POSITIVE_INFINITY;
}
