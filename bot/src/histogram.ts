const ratio = 1.02;
const logRatio = Math.log(ratio);
const smallest = 0.01;
const largest = 1_000_000;
const bucketCount = Math.ceil(Math.log(largest / smallest) / logRatio) + 1;

/**
 * How values are spread, in fixed memory: each bucket is two per cent wider than the one before, from 0.01 to a
 * million (in milliseconds: from 10 µs to a quarter of an hour). Values beyond go into the bucket at that end.
 */
export class Histogram {
  readonly #buckets = new Uint32Array(bucketCount);
  #count = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  get count(): number {
    return this.#count;
  }

  /** Largest value, exact; 0 when there is none. */
  get max(): number {
    return this.#max;
  }

  record(value: number): void {
    const index = bucketOf(value);
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    this.#count++;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  /**
   * The value that this share of all values does not exceed, within one per cent; 0 when there are none.
   *
   * @param share from 0 to 1, for instance 0.99
   */
  quantile(share: number): number {
    if (this.#count === 0) return 0;
    const rank = Math.max(1, Math.ceil(share * this.#count));
    let seen = 0;
    for (const [index, inBucket] of this.#buckets.entries()) {
      seen += inBucket;
      if (seen >= rank) return Math.min(this.#max, Math.max(this.#min, middleOf(index)));
    }
    return this.#max;
  }

  /** Forgets everything. */
  clear(): void {
    this.#buckets.fill(0);
    this.#count = 0;
    this.#min = Number.POSITIVE_INFINITY;
    this.#max = 0;
  }
}

function bucketOf(value: number): number {
  if (value <= smallest) return 0;
  return Math.min(Math.floor(Math.log(value / smallest) / logRatio), bucketCount - 1);
}

/** The geometric middle, which is equally far from both ends of the bucket in per cent. */
const middleOf = (index: number) => smallest * ratio ** (index + 0.5);
