import { setTimeout as sleep } from 'node:timers/promises';
import { ClockOffset } from './clock-offset.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import { type Valkey, whenReady } from './valkey.ts';

const sampleEveryMs = 5_000;
const samplesKept = 12;
const firstSamples = 5;
const retryMs = 200;

/**
 * Valkey's clock, read without asking Valkey: the local clock plus an offset measured now and then.
 *
 * Every deadline is by Valkey's clock, because pods' clocks differ.
 */
export class ValkeyClock {
  readonly #valkey: Valkey;
  readonly #log: Logger;
  readonly #roundTrips;
  readonly #offset = new ClockOffset(samplesKept);
  /** From a clock here that counts microseconds, but goes its own way when the system's is set. */
  readonly #fineOffset = new ClockOffset(samplesKept);
  #stale = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(valkey: Valkey, log: Logger, metrics: Metrics) {
    this.#valkey = valkey;
    this.#log = log;
    this.#roundTrips = metrics.histogram(
      'valkey_round_trip_seconds',
      'How long Valkey took to say what time it is; what this process took to hear it is in it.',
      [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    );
    // It may be another node's clock after a break.
    valkey.on('close', () => {
      this.#stale = true;
    });
  }

  /** Resolves with the first sample, however long Valkey takes to come; more follow until `stop`. */
  async start(): Promise<void> {
    await whenReady(this.#valkey);
    while (!this.#stopped && !(await this.#sample())) await sleep(retryMs);
    // The first answer may have been slow: a few more make it likely that one was not.
    for (let more = 1; more < firstSamples; more++) await this.#sample();
    if (this.#stopped) return;
    this.#timer = setInterval(() => this.#sample(), sampleEveryMs);
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  /** Ms since 1970 by Valkey's clock. */
  now(): number {
    return Math.round(Date.now() + this.#offset.ms);
  }

  /** As `now`, with fractions of a ms: for telling how long something was under way, and not for deadlines. */
  fineNow(): number {
    return performance.timeOrigin + performance.now() + this.#fineOffset.ms;
  }

  /** @returns false when Valkey gave no answer: the samples so far go on being used */
  async #sample(): Promise<boolean> {
    const sentAt = Date.now();
    const startedAt = performance.now();
    let time: (string | number)[];
    try {
      time = await this.#valkey.time();
    } catch (error) {
      this.#log.debug({ reason: (error as Error).message }, 'no clock sample');
      return false;
    }
    const endedAt = performance.now();
    this.#roundTrips.observe((endedAt - startedAt) / 1_000);
    const [seconds = 0, micros = 0] = time.map(Number);
    const theirs = seconds * 1_000 + micros / 1_000;
    if (this.#stale) for (const offset of [this.#offset, this.#fineOffset]) offset.forget();
    this.#stale = false;
    this.#offset.add(sentAt, Date.now(), theirs);
    this.#fineOffset.add(performance.timeOrigin + startedAt, performance.timeOrigin + endedAt, theirs);
    return true;
  }
}
