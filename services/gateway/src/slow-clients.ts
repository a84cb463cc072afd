import type { Counter, Metrics } from '@overcookied/shared/metrics.ts';

/** A client that is behind for so long, in ms, is closed. */
export const mostBehindMs = 5_000;

/** How often it is looked whether they have read, in ms. */
const lookEveryMs = 100;

/** One that has been sent more than it has read. */
export interface SlowClient {
  /** Sends what can be sent. @returns how it stands: `reads` if there was room, but not for all */
  catchUp(): 'behind' | 'reads' | 'done';
  closeAsSlow(): void;
}

/**
 * The clients that read more slowly than they are sent to. They are looked at together while there are any, since no
 * runtime tells of each socket when it has room again, and those that read well are to cost nothing.
 */
export class SlowClients {
  readonly #superseded: Counter<'type'>;
  readonly #closes: Counter<'cause'>;
  /** Since when each has had no room, in ms by `performance.now()`. */
  readonly #since = new Map<SlowClient, number>();
  readonly #mostBehindMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(metrics: Metrics, mostMs = mostBehindMs) {
    this.#mostBehindMs = mostMs;
    this.#superseded = metrics.counter(
      'frames_superseded_total',
      'Frames that a slow client was not sent, since a newer one tells the same.',
      ['type'],
    );
    this.#closes = metrics.counter('slow_closes_total', 'Clients closed since they read too slowly.', [
      'cause',
    ]);
    metrics.gauge('slow_clients', 'Clients that have been sent more than they have read.', () => {
      return this.#since.size;
    });
  }

  /** From now on it is looked whether it catches up. */
  add(client: SlowClient): void {
    this.#since.set(client, performance.now());
    this.#timer ??= setInterval(() => this.#look(), lookEveryMs);
  }

  /** It has caught up, or is being closed. */
  remove(client: SlowClient): void {
    this.#since.delete(client);
    if (this.#since.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** A frame of this type was dropped, since a newer one tells the same. */
  dropped(type: string): void {
    this.#superseded.inc({ type });
  }

  /** @param cause it was behind for too long, or by too much */
  close(client: SlowClient, cause: 'too_long' | 'too_much'): void {
    this.#closes.inc({ cause });
    this.remove(client);
    client.closeAsSlow();
  }

  #look(): void {
    const now = performance.now();
    for (const [client, since] of this.#since) {
      const standing = client.catchUp();
      if (standing === 'done') this.remove(client);
      else if (standing === 'reads') this.#since.set(client, now);
      else if (now - since > this.#mostBehindMs) this.close(client, 'too_long');
    }
  }
}
