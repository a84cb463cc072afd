import type { Logger } from '@overcookied/shared/log.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

const retryMs = 1_000;

/** Whoever listens to a channel. */
export interface Listener {
  message(text: string): void;
  /** The subscription stands again after a break: messages may have been missed. */
  resubscribed(): void;
}

/** Sharded channels, each with one listener. */
export class Subscriptions {
  readonly #valkey: Valkey;
  readonly #log: Logger;
  readonly #listeners = new Map<string, Listener>();

  /** @param valkey as `connectSubscriber` makes it */
  constructor(valkey: Valkey, log: Logger) {
    this.#valkey = valkey;
    this.#log = log;
    valkey.on('smessage', (channel: string, text: string) => this.#listeners.get(channel)?.message(text));
    valkey.on('ready', () => {
      for (const channel of this.#listeners.keys()) void this.#subscribe(channel, true);
    });
  }

  /** Resolves when the channel is subscribed to, or will be as soon as Valkey is back. */
  async add(channel: string, listener: Listener): Promise<void> {
    this.#listeners.set(channel, listener);
    // Without a connection there is nothing to do now: whatever becomes ready subscribes to all channels.
    if (this.#valkey.status === 'ready') await this.#subscribe(channel, false);
  }

  remove(channel: string): void {
    this.#listeners.delete(channel);
    if (this.#valkey.status !== 'ready') return;
    this.#valkey.sunsubscribe(channel).catch((error: Error) => {
      this.#log.debug({ channel, reason: error.message }, 'could not unsubscribe');
    });
  }

  async #subscribe(channel: string, again: boolean): Promise<void> {
    try {
      await this.#valkey.ssubscribe(channel);
      if (again) this.#listeners.get(channel)?.resubscribed();
    } catch (error) {
      this.#log.debug({ channel, reason: (error as Error).message }, 'could not subscribe yet');
      // A connection that broke subscribes anew when it is ready; one that was refused asks again.
      setTimeout(() => {
        if (this.#listeners.has(channel) && this.#valkey.status === 'ready')
          void this.#subscribe(channel, true);
      }, retryMs);
    }
  }
}
