/** The connections to a cluster's nodes, as one. */
import { lookup } from 'node:dns';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { ValkeyAddress } from './valkey-address.ts';
import type { Troubles } from './valkey-troubles.ts';
import { writeOncePerTurn } from './valkey-writes.ts';

/** How often it is asked anew which node has what, in ms; a node that has gone, or answers MOVED, is asked about at once. */
const slotsRefreshMs = 10_000;
const slotsTimeoutMs = 2_000;

/** ioredis asks to leave out how answers are told: as it always did. */
export type NodeOptions = Omit<RedisOptions, 'replyMapping'>;

/** The nodes that each cluster's address names, never connected to: for asking when no node is known any more. */
const seeds = new WeakMap<Cluster, Redis[]>();

/** The nodes that are known now, or else those that the address names. */
export function knownNodes(cluster: Cluster): Redis[] {
  const known = cluster.nodes('all');
  return known.length ? known : (seeds.get(cluster) ?? []);
}

type Scripts = Record<string, { lua: string; numberOfKeys: number }>;

/** @param options of the connection to each node */
export function connectCluster(
  { nodes, tls }: ValkeyAddress,
  troubles: Troubles,
  { enableOfflineQueue = true, ...redisOptions }: NodeOptions,
  scripts: Scripts,
  retryStrategy: (attempt: number) => number,
): Cluster {
  const cluster = new Cluster(nodes, {
    enableOfflineQueue,
    scripts,
    redisOptions,
    clusterRetryStrategy: retryStrategy,
    // It asks one node, which may not be connected to yet, and begins anew with all of them if that is so.
    enableReadyCheck: false,
    slotsRefreshInterval: slotsRefreshMs,
    slotsRefreshTimeout: slotsTimeoutMs,
    // A call that was under way when its node went is never sent again unasked, as with one node. What a node has
    // refused (MOVED, ASK, TRYAGAIN, CLUSTERDOWN) was not carried out, and is.
    retryDelayOnFailover: 0,
    // A certificate is made out to a name and not to an address.
    dnsLookup: tls ? (name, done) => done(null, name) : lookup,
  });
  seeds.set(
    cluster,
    nodes.map((node) => new Redis({ ...redisOptions, ...node, lazyConnect: true })),
  );
  cluster.on('+node', (node: Redis) => {
    const name = `${node.options.host}:${node.options.port}`;
    writeOncePerTurn(node);
    node.on('ready', () => troubles.ready(name));
    // Calls to a node that is still being connected to are refused: it is connected to before there is one. Why it cannot
    // be is told by 'node error'; a node that has turned out to have no slots is let go.
    node.connect().catch(() => {});
  });
  // Somebody else may have what it had.
  cluster.on('-node', () => cluster.refreshSlotsCache());
  cluster.on('node error', (error: Error, name: string) => troubles.failed(name, error));
  cluster.on('error', (error: Error) => troubles.failed('cluster', error));
  cluster.on('ready', () => troubles.ready('cluster'));
  return cluster;
}

/** Resolves when every primary can be called. */
export async function whenClusterReady(cluster: Cluster): Promise<void> {
  if (cluster.status !== 'ready')
    await new Promise<void>((resolve) => cluster.once('ready', () => resolve()));
  await Promise.all(
    cluster
      .nodes('master')
      .filter(({ status }) => status !== 'ready')
      .map((node) => new Promise<void>((resolve) => node.once('ready', resolve).once('end', resolve))),
  );
}
