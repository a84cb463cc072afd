import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from './log.ts';
import { type Valkey, whenReady } from './valkey.ts';

const sampleEveryMs = 5_000;
const samplesKept = 12;
const firstSamples = 5;
const retryMs = 200;

/**
 * Valkey's clock, read without asking Valkey: the local clock plus an offset measured now and then.
 *
 * Every deadline is by Valkey's clock, because pods' clocks differ. The offset comes from the sample with the
 * shortest round trip among the latest dozen, whose error is at most half of that trip (Cristian's algorithm).
 */
export class ValkeyClock {
  readonly #valkey: Valkey;
  readonly #log: Logger;
  #samples: { offset: number; roundTrip: number }[] = [];
  #offset = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(valkey: Valkey, log: Logger) {
    this.#valkey = valkey;
    this.#log = log;
  }

  /** Resolves with the first sample, however long Valkey takes to come; more follow until `stop`. */
  async start(): Promise<void> {
    await whenReady(this.#valkey);
    while (!(await this.#sample())) await sleep(retryMs);
    // The first answer may have been slow: a few more make it likely that one was not.
    for (let more = 1; more < firstSamples; more++) await this.#sample();
    this.#timer = setInterval(() => this.#sample(), sampleEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Ms since 1970 by Valkey's clock. */
  now(): number {
    return Math.round(Date.now() + this.#offset);
  }

  /** @returns false when Valkey gave no answer: the samples so far go on being used */
  async #sample(): Promise<boolean> {
    const sentAt = Date.now();
    let time: (string | number)[];
    try {
      time = await this.#valkey.time();
    } catch (error) {
      this.#log.debug({ reason: (error as Error).message }, 'no clock sample');
      return false;
    }
    const [seconds = 0, micros = 0] = time.map(Number);
    const receivedAt = Date.now();
    const roundTrip = receivedAt - sentAt;
    this.#samples.push({ offset: seconds * 1000 + micros / 1000 - (sentAt + roundTrip / 2), roundTrip });
    this.#samples = this.#samples.slice(-samplesKept);
    this.#offset = this.#samples.reduce((best, next) =>
      next.roundTrip <= best.roundTrip ? next : best,
    ).offset;
    return true;
  }
}
