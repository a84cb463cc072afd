import { setTimeout as sleep } from 'node:timers/promises';
import { ClockOffset } from './clock-offset.ts';
import type { Logger } from './log.ts';
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
  readonly #offset = new ClockOffset(samplesKept);
  #stale = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(valkey: Valkey, log: Logger) {
    this.#valkey = valkey;
    this.#log = log;
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
    if (this.#stale) this.#offset.forget();
    this.#stale = false;
    this.#offset.add(sentAt, Date.now(), seconds * 1000 + micros / 1000);
    return true;
  }
}
