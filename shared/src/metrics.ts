import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { BusyHistogram } from './busy-histogram.ts';
import { measureComplaints } from './complaints.ts';
import { measureEventLoop } from './event-loop.ts';
import { collectRuntimeMetrics } from './runtime/default-metrics.ts';
import { runtime } from './runtime/runtime.ts';
import { measureScripts } from './script-meter.ts';
import { within } from './within.ts';

export type { Counter, Histogram };

/** What is asked for at a scrape is waited for so long, in ms: longer than a check of Valkey, shorter than a scrape. */
const readWithinMs = 2_000;

/** Of durations that are to be short, in seconds: half a millisecond is a good answer of Valkey, a second is an outage. */
const latencyBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

/** A value, none, or what will be one. */
type Read<T> = () => T | undefined | Promise<T | undefined>;

/** A value of one of several things. */
export interface Reading<L extends string> {
  labels: Record<L, string>;
  value: number;
}

/**
 * A service's Prometheus metrics. Each is made once, where the thing that it measures lives; all names begin
 * with `overcookied_`, and durations are in seconds, as Prometheus' naming guide asks.
 */
export class Metrics {
  readonly registry = new Registry();

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectRuntimeMetrics(this.registry);
    this.gauge('memory_limit_bytes', 'Memory that this process may have.', memoryLimit);
    this.gauge('heap_limit_bytes', 'JavaScript heap that this process may have.', heapLimit);
    measureEventLoop(this);
    measureScripts(this);
    measureComplaints(this);
  }

  counter<L extends string>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return new Counter({ name: `overcookied_${name}`, help, labelNames, registers: [this.registry] });
  }

  /** @param read the value at the moment of asking; left out if there is none, or it cannot be had within two seconds */
  gauge(name: string, help: string, read: Read<number>): void {
    this.gauges(name, help, [], async () => {
      const value = await read();
      return value === undefined ? [] : [{ labels: {}, value }];
    });
  }

  /** A gauge for each of several things, told apart by labels. @param read as for `gauge` */
  gauges<L extends string>(
    name: string,
    help: string,
    labelNames: L[],
    read: Read<Reading<NoInfer<L>>[]>,
  ): void {
    new Gauge(this.#asked(name, help, labelNames, read));
  }

  /** Counters that somebody else keeps. @param read as for `gauge` */
  counters<L extends string>(
    name: string,
    help: string,
    labelNames: L[],
    read: Read<Reading<NoInfer<L>>[]>,
  ): void {
    new Counter(this.#asked(name, help, labelNames, read));
  }

  histogram<L extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: L[] = [],
  ): Histogram<L> {
    return new Histogram({
      name: `overcookied_${name}`,
      help,
      buckets,
      labelNames,
      registers: [this.registry],
    });
  }

  /** How long something took that is to be quick. */
  latency<L extends string>(name: string, help: string, labelNames: L[] = []): Histogram<L> {
    return this.histogram(name, help, latencyBuckets, labelNames);
  }

  /** As `latency`, of something that happens thousands of times a second and has one label. */
  busyLatency(name: string, help: string, label: string): BusyHistogram {
    const histogram = new BusyHistogram(`overcookied_${name}`, help, label, latencyBuckets);
    // A registry asks no more of a metric than its name, and what it says at a scrape.
    this.registry.registerMetric(histogram as unknown as Histogram);
    return histogram;
  }

  /** What makes a metric that is read when it is asked for. */
  #asked<L extends string>(name: string, help: string, labelNames: L[], read: Read<Reading<L>[]>) {
    return {
      name: `overcookied_${name}`,
      help,
      labelNames,
      registers: [this.registry],
      async collect(this: Gauge<L> | Counter<L>) {
        // What cannot be read, because Valkey is away for instance, must not keep all the rest from being told.
        const readings = (await within(readWithinMs, read).catch(() => undefined)) ?? [];
        // Rather no value than an old one, by which somebody would be woken up, or not be.
        this.reset();
        if (labelNames.length === 0) this.remove();
        for (const { labels, value } of readings) this.inc(labels, value);
      },
    };
  }
}

/** Of the container; of the machine where none is set. */
const memoryLimit = () => Math.min(process.constrainedMemory() || Number.POSITIVE_INFINITY, totalmem());

/** Bun's engine has none, and what Bun says here is made up from the memory that is in use. */
const heapLimit = () => (runtime === 'bun' ? undefined : getHeapStatistics().heap_size_limit);
