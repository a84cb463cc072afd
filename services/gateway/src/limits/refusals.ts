import type { Logger } from '@overcookied/shared/log.ts';
import type { Counter, Metrics } from '@overcookied/shared/metrics.ts';
import type { Limits } from './limits.ts';

/** As in `LIMITS`, and those that are not to be set. */
export type LimitName =
  | Exclude<keyof Limits, 'frameBurst'>
  | 'badFrames'
  | 'bodyBytes'
  | 'frameBytes'
  | 'opsPassword';

/** From one address one line in so long, in ms. */
const lineEveryMs = 60_000;
/** From so many addresses in that time. */
const mostLines = 100;

/** What was refused because of a limit: counted by its cause, and told in the log without filling it. */
export class Refusals {
  readonly #log: Logger;
  readonly #limited: Counter<'limit'>;
  readonly #unchecked: Counter<'limit'>;
  readonly #told = new Set<string>();
  #since = Number.NEGATIVE_INFINITY;

  constructor(metrics: Metrics, log: Logger) {
    this.#log = log;
    this.#limited = metrics.counter('limited_total', 'What was refused because of a limit.', ['limit']);
    this.#unchecked = metrics.counter(
      'limits_unchecked_total',
      'What was let through because Valkey did not answer in time.',
      ['limit'],
    );
  }

  /** @param address where it came from, if that is known */
  add(limit: LimitName, address?: string): void {
    this.#limited.inc({ limit });
    if (address !== undefined && this.#isFirst(address)) this.#log.info({ limit, address }, 'over a limit');
  }

  /** Nobody knows whether it is too much. */
  unchecked(limit: LimitName, { message }: Error): void {
    this.#unchecked.inc({ limit });
    this.#log.debug({ limit, reason: message }, 'a limit was not checked');
  }

  #isFirst(address: string): boolean {
    const now = performance.now();
    if (now - this.#since >= lineEveryMs) {
      this.#told.clear();
      this.#since = now;
    }
    if (this.#told.size >= mostLines || this.#told.has(address)) return false;
    this.#told.add(address);
    return true;
  }
}
