interface Series {
  /** How many were within each bucket and no lower one; the last are those above all. */
  counts: number[];
  sum: number;
}

/**
 * A histogram as prom-client has them, for what is measured thousands of times a second. prom-client looks all labels up at each
 * observation, which took a gateway a thirtieth of its processor time; with one label it is a look into a map.
 */
export class BusyHistogram {
  readonly name: string;
  readonly help: string;
  readonly #label: string;
  readonly #buckets: readonly number[];
  readonly #series = new Map<string, Series>();

  /** @param buckets upper bounds, ascending */
  constructor(name: string, help: string, label: string, buckets: readonly number[]) {
    this.name = name;
    this.help = help;
    this.#label = label;
    this.#buckets = buckets;
  }

  /** @param of the value of the label */
  observe(of: string, value: number): void {
    let series = this.#series.get(of);
    if (!series) {
      series = { counts: new Array<number>(this.#buckets.length + 1).fill(0), sum: 0 };
      this.#series.set(of, series);
    }
    const { counts } = series;
    let bucket = 0;
    while (value > (this.#buckets[bucket] ?? Number.POSITIVE_INFINITY)) bucket++;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    series.sum += value;
  }

  /** As a registry asks for it. */
  async get() {
    const { name, help } = this;
    const values = [...this.#series].flatMap((each) => this.#valuesOf(...each));
    return { name, help, type: 'histogram', values };
  }

  #valuesOf(of: string, { counts, sum }: Series) {
    const sharedLabels = { [this.#label]: of };
    const values = [];
    let count = 0;
    for (const [i, more] of counts.entries()) {
      count += more;
      const le = this.#buckets[i] ?? '+Inf';
      values.push({ metricName: `${this.name}_bucket`, labels: { le }, sharedLabels, value: count });
    }
    return [
      ...values,
      { metricName: `${this.name}_sum`, labels: {}, sharedLabels, value: sum },
      { metricName: `${this.name}_count`, labels: {}, sharedLabels, value: count },
    ];
  }
}
