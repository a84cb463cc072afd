import type { Logger } from './log.ts';
import type { Valkey } from './valkey.ts';

const sampleEveryMs = 5_000;
const samplesKept = 12;

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

  /** Takes the first sample and goes on taking one every five seconds until `stop`. */
  async start(): Promise<void> {
    await this.#sample();
    this.#timer = setInterval(() => {
      this.#sample().catch((error: Error) => this.#log.debug({ reason: error.message }, 'no clock sample'));
    }, sampleEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Ms since 1970 by Valkey's clock. */
  now(): number {
    return Math.round(Date.now() + this.#offset);
  }

  async #sample(): Promise<void> {
    const sentAt = Date.now();
    const [seconds, micros] = (await this.#valkey.time()).map(Number) as [number, number];
    const receivedAt = Date.now();
    const roundTrip = receivedAt - sentAt;
    this.#samples.push({ offset: seconds * 1000 + micros / 1000 - (sentAt + roundTrip / 2), roundTrip });
    this.#samples = this.#samples.slice(-samplesKept);
    this.#offset = this.#samples.reduce((best, next) =>
      next.roundTrip <= best.roundTrip ? next : best,
    ).offset;
  }
}
