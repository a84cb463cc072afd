import type { Logger } from './log.ts';
import { NodeSubscribers } from './node-subscribers.ts';
import type { RespConnection } from './resp/connection.ts';
import { problemWith, textOf } from './valkey-check.ts';

const retryMs = 500;

/** Whoever listens to a channel. */
export interface Listener {
  message(text: string): void;
  /** The subscription stands again after a break, or at another node: messages may have been missed. */
  resubscribed(): void;
}

/**
 * Sharded channels, each with one listener, on one node or on all of a cluster's: a channel belongs to the node that has
 * its slot, and goes with it to another.
 */
export class Subscriptions {
  readonly #nodes: NodeSubscribers;
  readonly #log: Logger;
  readonly #listeners = new Map<string, Listener>();
  /** Where each channel is subscribed to, or is being. */
  readonly #at = new Map<string, RespConnection>();
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** @param url of a node or cluster, as `VALKEY_URL` */
  constructor(url: string, log: Logger) {
    this.#log = log;
    this.#nodes = new NodeSubscribers(url, log, {
      message: (channel, text) => this.#listeners.get(channel)?.message(text),
      changed: () => this.#follow(),
      lost: (connection) => {
        for (const [channel, at] of this.#at) if (at === connection) this.#at.delete(channel);
      },
      // Its slot may come back to the same node before anybody has looked.
      moved: (connection, channel) => {
        if (this.#at.get(channel) === connection) this.#at.delete(channel);
      },
    });
  }

  /** Resolves when the channel is subscribed to, or will be as soon as Valkey is back. */
  async add(channel: string, listener: Listener): Promise<void> {
    this.#listeners.set(channel, listener);
    const connection = this.#nodes.of(channel);
    // Without a connection there is nothing to do now: whatever becomes ready subscribes to its channels.
    if (connection?.isReady) await this.#subscribe(channel, connection, false);
  }

  remove(channel: string): void {
    this.#listeners.delete(channel);
    const connection = this.#at.get(channel);
    this.#at.delete(channel);
    if (!connection?.isReady) return;
    connection.unsubscribe(channel).catch((error: Error) => {
      this.#log.debug({ channel, reason: error.message }, 'could not unsubscribe');
    });
  }

  /** The connection to the node that a channel belongs to; undefined while that is not known. */
  of(channel: string): RespConnection | undefined {
    return this.#nodes.of(channel);
  }

  /** Why no node can be subscribed to; undefined when one can. */
  async problem(): Promise<string | undefined> {
    const problems = await Promise.all(
      this.#nodes.connections().map((each) => each.trouble ?? problemWith(each.ask('PING'))),
    );
    if (problems.length === 0) return 'valkey is not reachable yet';
    return problems.includes(undefined)
      ? undefined
      : `valkey cannot be subscribed to: ${textOf(problems[0])}`;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#listeners.clear();
    this.#nodes.close();
  }

  /** Subscribes to all channels that are not where they should be, each at the node that has it now. */
  #follow(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    for (const channel of this.#listeners.keys()) {
      const connection = this.#nodes.of(channel);
      if (connection === this.#at.get(channel)) continue;
      // Its slot has gone from where it was, and may come back before it is subscribed to elsewhere.
      this.#at.delete(channel);
      if (connection?.isReady) void this.#subscribe(channel, connection, true);
    }
  }

  async #subscribe(channel: string, connection: RespConnection, again: boolean): Promise<void> {
    this.#at.set(channel, connection);
    try {
      await connection.subscribe(channel);
      if (again) this.#listeners.get(channel)?.resubscribed();
    } catch (error) {
      if (this.#isClosed) return;
      const { message } = error as Error;
      this.#log.debug({ channel, reason: message }, 'could not subscribe yet');
      if (this.#at.get(channel) === connection) this.#at.delete(channel);
      if (message.startsWith('MOVED')) this.#nodes.search();
      // A connection that broke subscribes anew when it is ready; one that was refused asks again.
      this.#retry ??= setTimeout(() => this.#follow(), retryMs);
    }
  }
}
