/**
 * Connections to Valkey.
 *
 * A service opens one for commands, one for what it subscribes to, and leaves BullMQ's to BullMQ: a
 * connection that subscribes can send no commands, and one that blocks would hold up everyone else's.
 */
import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from './log.ts';
import { scriptDefinitions } from './script.ts';

export type Valkey = Redis;

/** The address without user and password, for logs. */
export function valkeyAddress(url: string): string {
  const { protocol, hostname, port, pathname } = new URL(url);
  return `${protocol}//${hostname}:${port || '6379'}${pathname === '/' ? '' : pathname}`;
}

/** ioredis knows the schemes of old only; the rest of the address means the same. */
const asRedisUrl = (url: string) => url.replace(/^valkey(s?):/, 'redis$1:');

const retryStrategy = (attempt: number) =>
  Math.min(50 * 2 ** Math.min(attempt, 6), 1_000) * (0.5 + Math.random() / 2);

/**
 * A connection for commands and scripts. All calls of one turn of the event loop share one write.
 *
 * While Valkey is away, calls fail at once instead of queueing up: whoever called knows best what to keep,
 * and an offline queue has no bound. A call that was under way when the connection broke fails too and is
 * never sent again unasked, because nobody knows whether it was carried out; everything here that may be
 * repeated is numbered or named, and its caller repeats it.
 */
export function connectValkey(url: string, log: Logger): Valkey {
  return connect(url, log, {
    enableAutoPipelining: true,
    // A sample of the clock that waits for a batch would be off by half of the wait.
    autoPipeliningIgnoredCommands: ['time'],
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  });
}

/**
 * A connection for subscriptions. It does not subscribe again by itself after a break: its owner does, since
 * it must read the state of everything that it may have missed once the subscription stands.
 */
export function connectSubscriber(url: string, log: Logger): Valkey {
  return connect(url, log, { enableOfflineQueue: false, autoResubscribe: false, maxRetriesPerRequest: 0 });
}

/** A connection for adding to BullMQ's queues, which fails at once while Valkey is away, like the one for commands. */
export function connectProducer(url: string, log: Logger): Valkey {
  return connect(url, log, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  });
}

/** A connection as BullMQ asks for it for its workers: they block, and retry for as long as it takes. */
export function connectWorker(url: string, log: Logger): Valkey {
  return connect(url, log, { maxRetriesPerRequest: null });
}

function connect(url: string, log: Logger, options: Omit<RedisOptions, 'replyMapping'>): Valkey {
  const valkey = new Redis(asRedisUrl(url), {
    retryStrategy,
    connectTimeout: 5_000,
    scripts: scriptDefinitions,
    ...options,
  });
  let lastMessage = '';
  // Without a listener an 'error' event would end the process; the same error is logged once, not at every try.
  valkey.on('error', (error: Error) => {
    if (error.message === lastMessage) return;
    lastMessage = error.message;
    log.warn(
      { valkey: valkeyAddress(url), reason: error.message || error.name },
      'valkey is not reachable, trying again',
    );
  });
  valkey.on('ready', () => {
    if (lastMessage) log.info({ valkey: valkeyAddress(url) }, 'valkey is reachable again');
    lastMessage = '';
  });
  return valkey;
}

/** Resolves when the connection can be used; at once if it can already. */
export function whenReady(valkey: Valkey): Promise<void> {
  if (valkey.status === 'ready') return Promise.resolve();
  return new Promise((resolve) => {
    valkey.once('ready', () => resolve());
  });
}

/** Ends a connection: after the answers that are under way, or at once when there is no way to get them. */
export async function closeValkey(valkey: Valkey): Promise<void> {
  if (valkey.status === 'ready') await valkey.quit().catch(() => valkey.disconnect());
  else valkey.disconnect();
}
