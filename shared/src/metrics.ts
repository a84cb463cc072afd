import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type { Counter };

/**
 * A service's Prometheus metrics. Each is made once, where the thing that it measures lives; all names begin
 * with `overcookied_`, and durations are in seconds, as Prometheus' naming guide asks.
 */
export class Metrics {
  readonly registry = new Registry();

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
  }

  counter<L extends string>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return new Counter({ name: `overcookied_${name}`, help, labelNames, registers: [this.registry] });
  }

  /** @param read the value at the moment of asking */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name: `overcookied_${name}`,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  histogram(name: string, help: string, buckets: number[]): Histogram {
    return new Histogram({ name: `overcookied_${name}`, help, buckets, registers: [this.registry] });
  }
}
