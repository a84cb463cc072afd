/** The connections to a cluster's nodes, as one. */
import { lookup } from 'node:dns';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { ValkeyAddress } from './valkey-address.ts';
import type { Troubles } from './valkey-troubles.ts';
import { writeOncePerTurn } from './valkey-writes.ts';

/** How often it is asked anew which node has what, in ms; a node that has gone, or answers MOVED, is asked about at once. */
const slotsRefreshMs = 10_000;
const slotsTimeoutMs = 2_000;
/** A node that has gone is looked for, and whoever has taken over, so often, in ms. */
const goneRetryMs = 250;
/** How long a patient call waits before it looks for the node that has taken over, in ms. */
const failoverRetryMs = 100;

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
    scripts,
    redisOptions,
    clusterRetryStrategy: retryStrategy,
    // It asks one node, which may not be connected to yet, and begins anew with all of them if that is so.
    enableReadyCheck: false,
    slotsRefreshInterval: slotsRefreshMs,
    slotsRefreshTimeout: slotsTimeoutMs,
    // A call that was under way when its node went is never sent again unasked, as with one node, unless calls are to
    // be patient. What a node has refused (MOVED, ASK, TRYAGAIN, CLUSTERDOWN) was not carried out, and is sent again.
    retryDelayOnFailover: enableOfflineQueue ? failoverRetryMs : 0,
    // A certificate is made out to a name and not to an address.
    dnsLookup: tls ? (name, done) => done(null, name) : lookup,
  });
  seeds.set(
    cluster,
    nodes.map((node) => new Redis({ ...redisOptions, ...node, lazyConnect: true })),
  );
  if (!enableOfflineQueue) refuseWhileAway(cluster);
  cluster.on('+node', (node: Redis) => {
    const name = `${node.options.host}:${node.options.port}`;
    writeOncePerTurn(node);
    node.on('ready', () => troubles.ready(name));
    // Before there is a call, which would have to wait for it. Why it cannot be reached is told by 'node error'; a node
    // that turns out to have no slots is let go.
    node.connect().catch(() => {});
  });
  let asking: NodeJS.Timeout | undefined;
  cluster.on('-node', () => {
    // Somebody else may have what it had. Not at once: until the others have noticed they name the same node again, and it
    // would be gone again, as fast as the processor can.
    if (asking) return;
    asking = setTimeout(() => {
      asking = undefined;
      if (cluster.status === 'ready') cluster.refreshSlotsCache();
    }, goneRetryMs);
  });
  cluster.on('node error', (error: Error, name: string) => troubles.failed(name, error));
  cluster.on('error', (error: Error) => troubles.failed('cluster', error));
  cluster.on('ready', () => troubles.ready('cluster'));
  return cluster;
}

/**
 * Calls fail at once while no node is known, instead of queueing up. ioredis' own option does so as well while a node
 * that has just become known is being connected to: for these milliseconds calls wait with that node, and no longer than
 * a connection may take.
 */
function refuseWhileAway(cluster: Cluster): void {
  const send = cluster.sendCommand.bind(cluster);
  cluster.sendCommand = (command, stream, node) => {
    if (cluster.status === 'ready') return send(command, stream, node);
    command.reject(new Error(`the cluster is not connected to yet (${cluster.status})`));
    return command.promise;
  };
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
