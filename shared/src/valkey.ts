/**
 * Connections to Valkey.
 *
 * A service opens one for commands, one for what it subscribes to, and one each for adding jobs and for doing them:
 * a connection that blocks, or that resends, would hold up or repeat everyone else's calls.
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

/**
 * A node that vanishes without a word is noticed after so long without an answer, in ms, instead of when TCP gives
 * up. It counts only while a command waits, and is longer than BullMQ's workers block.
 */
const socketTimeoutMs = 5_000;
const workerSocketTimeoutMs = 20_000;

/** How long a connection is tried for, in ms: a packet that is lost on the way is sent again after one second. */
const connectTimeoutMs = 2_000;
/** Between two tries, in ms at most: a match's end that is overdue waits for it when Valkey comes back. */
const mostRetryMs = 500;
/** A Valkey that loads its data is asked again after so long, in ms, whatever it says of how long it takes. */
const loadingRetryMs = 250;
/** A node that refuses writes is left for what may be another by now once in so many ms. */
const readOnlyRetryMs = 1_000;

const retryStrategy = (attempt: number) =>
  Math.min(50 * 2 ** Math.min(attempt, 6), mostRetryMs) * (0.5 + Math.random() / 2);

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
    socketTimeout: socketTimeoutMs,
  });
}

/**
 * A connection for subscriptions. It does not subscribe again by itself after a break: its owner does, since
 * it must read the state of everything that it may have missed once the subscription stands.
 */
export function connectSubscriber(url: string, log: Logger): Valkey {
  const valkey = connect(url, log, {
    enableOfflineQueue: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    socketTimeout: socketTimeoutMs,
  });
  // It only listens: without a question now and then it would not notice that nobody is there any more.
  const timer = setInterval(() => {
    if (valkey.status === 'ready') valkey.ping().catch(() => {});
  }, socketTimeoutMs);
  valkey.on('end', () => clearInterval(timer));
  return valkey;
}

/** A connection for adding to BullMQ's queues, which fails at once while Valkey is away, like the one for commands. */
export function connectProducer(url: string, log: Logger): Valkey {
  return connect(url, log, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    socketTimeout: socketTimeoutMs,
  });
}

/** A connection as BullMQ asks for it for its workers: they block, and retry for as long as it takes. */
export function connectWorker(url: string, log: Logger): Valkey {
  return connect(url, log, { maxRetriesPerRequest: null, socketTimeout: workerSocketTimeoutMs });
}

function connect(url: string, log: Logger, options: Omit<RedisOptions, 'replyMapping'>): Valkey {
  let leftAt = Number.NEGATIVE_INFINITY;
  const valkey = new Redis(asRedisUrl(url), {
    retryStrategy,
    connectTimeout: connectTimeoutMs,
    maxLoadingRetryTime: loadingRetryMs,
    scripts: scriptDefinitions,
    // A primary that has become a replica keeps its connections open and refuses every write for good. Not at every
    // refusal: as long as the address leads to the same node, each of thousands of clicks would break the connection.
    reconnectOnError: ({ message }) => {
      const now = performance.now();
      if (!message.startsWith('READONLY') || now - leftAt < readOnlyRetryMs) return false;
      leftAt = now;
      log.warn({ valkey: valkeyAddress(url), reason: message }, 'valkey takes no writes, connecting again');
      return true;
    },
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
