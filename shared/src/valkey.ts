/**
 * Connections to Valkey, be it one node or a cluster.
 *
 * A service opens one for commands, and one each for adding jobs and for doing them: a connection that blocks, or that
 * resends, would hold up or repeat everyone else's calls. What a gateway subscribes to comes by those in `resp/`.
 */
import { type Cluster, Redis } from 'ioredis';
import type { Logger } from './log.ts';
import { leavesReadOnly } from './read-only.ts';
import { waitForReplicas } from './replication.ts';
import { scriptDefinitions } from './script.ts';
import { parseValkeyUrl, type ValkeyAddress, type ValkeyNode, valkeyAddress } from './valkey-address.ts';
import { connectCluster, type NodeOptions, whenClusterReady } from './valkey-cluster.ts';
import { Troubles } from './valkey-troubles.ts';
import { writeOncePerTurn } from './valkey-writes.ts';

/** A connection to one node, which may be of a cluster. */
export type { Redis };
export type Valkey = Redis | Cluster;
export const isCluster = (valkey: Valkey): valkey is Cluster => valkey.isCluster;

/** The connections to the nodes that take writes: this one itself, or one to each primary of a cluster. */
export const primaries = (valkey: Valkey): Redis[] => (isCluster(valkey) ? valkey.nodes('master') : [valkey]);

/** A node's address, for logs and metrics. */
export const nodeName = ({ options: { host, port } }: Redis): string => `${host}:${port}`;
export { valkeyAddress };

/**
 * A node that vanishes without a word is noticed after so long without an answer, in ms, instead of when TCP gives
 * up. It counts only while a command waits, and is longer than BullMQ's workers block.
 */
export const socketTimeoutMs = 5_000;
const workerSocketTimeoutMs = 20_000;

/** How long a connection is tried for, in ms: a packet that is lost on the way is sent again after one second. */
export const connectTimeoutMs = 2_000;
/** Between two tries, in ms at most: a match's end that is overdue waits for it when Valkey comes back. */
const mostRetryMs = 500;
/** A Valkey that loads its data is asked again after so long, in ms, whatever it says of how long it takes. */
export const loadingRetryMs = 250;

/** How long to wait before a connection is tried again, in ms, by how often it has been tried. */
export const retryStrategy = (attempt: number) =>
  Math.min(50 * 2 ** Math.min(attempt, 6), mostRetryMs) * (0.5 + Math.random() / 2);

/**
 * A connection for commands, scripts and adding jobs. All calls of one turn of the event loop share one write.
 *
 * While Valkey is away, calls fail at once instead of queueing up: whoever called knows best what to keep,
 * and an offline queue has no bound. A call that was under way when the connection broke fails too and is
 * never sent again unasked, because nobody knows whether it was carried out; everything here that may be
 * repeated is numbered or named, and its caller repeats it.
 *
 * @param waitReplicas how many replicas must have a script's changes before it resolves, while there are so many
 */
export function connectValkey(url: string, log: Logger, waitReplicas = 0): Valkey {
  const valkey = connect(url, log, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    socketTimeout: socketTimeoutMs,
  });
  waitForReplicas(valkey, waitReplicas, log);
  return valkey;
}

/** A connection as BullMQ asks for it for its workers: they block, and retry for as long as it takes. */
export function connectWorker(url: string, log: Logger): Valkey {
  return connect(url, log, { maxRetriesPerRequest: null, socketTimeout: workerSocketTimeoutMs });
}

function connect(url: string, log: Logger, options: NodeOptions): Valkey {
  const address = parseValkeyUrl(url);
  if (!address.isCluster) return connectNode(address, address.nodes[0], log, options);
  const nodeOptions = { ...commonOptions(address), ...options };
  return connectCluster(address, new Troubles(log), nodeOptions, scriptDefinitions, retryStrategy);
}

/** What the connections to all nodes have in common. */
const commonOptions = ({ tls, username, password, db }: ValkeyAddress): NodeOptions => ({
  connectTimeout: connectTimeoutMs,
  maxLoadingRetryTime: loadingRetryMs,
  db,
  ...(username !== undefined && { username }),
  ...(password !== undefined && { password }),
  ...(tls && { tls: {} }),
});

function connectNode(address: ValkeyAddress, node: ValkeyNode, log: Logger, options: NodeOptions): Redis {
  const name = `${node.host}:${node.port}`;
  const valkey = new Redis({
    ...commonOptions(address),
    ...node,
    retryStrategy,
    scripts: scriptDefinitions,
    reconnectOnError: leavesReadOnly(name, log),
    ...options,
  });
  writeOncePerTurn(valkey);
  const troubles = new Troubles(log);
  // Without a listener an 'error' event would end the process.
  valkey.on('error', (error: Error) => troubles.failed(name, error));
  valkey.on('ready', () => troubles.ready(name));
  return valkey;
}

/** Resolves when the connection can be used; at once if it can already. */
export function whenReady(valkey: Valkey): Promise<void> {
  if (isCluster(valkey)) return whenClusterReady(valkey);
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
