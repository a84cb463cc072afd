import { type Outlook, readOutlook } from '@overcookied/shared/queue/queue.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

/** How old an outlook may be, in ms. */
const freshMs = 1_000;

/** How the queue stands, read once for all who wait here. */
export class Outlooks {
  readonly #valkey: Valkey;
  #latest: Promise<Outlook> | undefined;
  #readAt = 0;

  constructor(valkey: Valkey) {
    this.#valkey = valkey;
  }

  /** @throws Error when Valkey cannot be reached */
  read(): Promise<Outlook> {
    const now = performance.now();
    if (!this.#latest || now - this.#readAt > freshMs) {
      this.#readAt = now;
      const reading = readOutlook(this.#valkey);
      this.#latest = reading;
      reading.catch(() => {
        // A failure is not kept: whoever asks next tries again.
        if (this.#latest === reading) this.#latest = undefined;
      });
    }
    return this.#latest;
  }
}
