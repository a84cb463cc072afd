import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '@overcookied/shared/log.ts';
import { connectValkey, type Valkey } from '@overcookied/shared/valkey.ts';
import { findFreePort } from '../system/ports.ts';
import { type RunningValkey, startValkey } from './valkey.ts';

/** As Valkey Cluster divides its keys, https://valkey.io/topics/cluster-spec/ */
const slotCount = 16_384;
/** A primary that is silent for so long, in ms, is replaced by its replica, within about three times that. */
const nodeTimeoutMs = 1_500;
const formWithinMs = 30_000;
const pollMs = 50;

export interface ClusterNode extends RunningValkey {
  /** For looking and meddling: talks to this node alone. */
  connection: Valkey;
  /** Its name among the nodes. */
  id: string;
}

export interface RunningCluster {
  /** Names all its nodes, as `VALKEY_URL`. */
  url: string;
  /** First the primaries it began with, then a replica of each, in the same order. */
  nodes: ClusterNode[];
  /** Resolves when all nodes that live say that all slots are served. @throws Error when that takes too long */
  healthy(withinMs?: number): Promise<void>;
  /** The primary that has a slot now, as any node that answers says. @throws Error when none does, or nobody has it */
  ownerOf(slot: number): Promise<ClusterNode>;
  /** Starts a node that was killed anew, on its old port and data. */
  revive(node: ClusterNode): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a Valkey Cluster on 127.0.0.1, each primary with one replica.
 *
 * @param options.dir where its nodes keep their data
 * @param options.persist whether each node keeps an append-only file
 * @returns when all slots are served and all replicas are in step
 */
export async function startValkeyCluster({
  dir,
  primaries = 3,
  persist = false,
}: {
  dir: string;
  primaries?: number;
  persist?: boolean;
}): Promise<RunningCluster> {
  const log = createLog('valkey-cluster', 'silent');
  const start = async (name: string, port: number, busPort: number) =>
    startValkey({ dir: join(dir, name), port, persist, databases: 1, args: clusterArgs(busPort) });
  const busPorts: number[] = [];
  const nodes: ClusterNode[] = [];
  for (let i = 0; i < 2 * primaries; i++) {
    const busPort = await findFreePort();
    const running = await start(`node-${i}`, 0, busPort);
    const connection = connectValkey(running.url, log);
    busPorts.push(busPort);
    nodes.push({ ...running, connection, id: '' });
  }
  const healthy = async (withinMs = formWithinMs) => {
    const living = nodes.filter(({ process }) => process.exitCode === null && process.signalCode === null);
    await until('the cluster is not whole', withinMs, async () =>
      (await Promise.all(living.map(isWhole))).every(Boolean),
    );
  };
  const cluster: RunningCluster = {
    url: `valkey://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    healthy,
    ownerOf: async (slot) => {
      const slots = await Promise.any(nodes.map(({ connection }) => slotsOf(connection)));
      const [, , primary] = slots.find(([first, last]) => slot >= first && slot <= last) ?? [];
      const owner = nodes.find(({ port }) => port === primary?.[1]);
      if (!owner) throw new Error(`no node has slot ${slot}`);
      return owner;
    },
    revive: async (node) => {
      const i = nodes.indexOf(node);
      Object.assign(node, await start(`node-${i}`, node.port, busPorts[i] ?? 0));
    },
    stop: async () => {
      for (const { connection } of nodes) connection.disconnect();
      // By force: each primary would wait for its replica, which is ending as well.
      await Promise.all(nodes.map((node) => node.stop(0)));
    },
  };
  try {
    await form(nodes, busPorts, primaries);
    await healthy();
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

const clusterArgs = (busPort: number) => [
  ...['--cluster-enabled', 'yes', '--cluster-port', String(busPort)],
  ...['--cluster-node-timeout', String(nodeTimeoutMs)],
  // While one shard is without a primary the others go on.
  ...['--cluster-require-full-coverage', 'no'],
  // A replica that has just lost its primary is good enough, however the machine was busy.
  ...['--cluster-replica-validity-factor', '0'],
  ...['--repl-diskless-sync-delay', '0'],
  // A replica is named among those that have slots once something was replicated to it: a ping, if nothing else is.
  ...['--repl-ping-replica-period', '1'],
];

async function form(nodes: ClusterNode[], busPorts: number[], primaries: number): Promise<void> {
  const [first] = nodes;
  if (!first) return;
  await until('a node does not answer', formWithinMs, async () =>
    nodes.every(({ connection }) => connection.status === 'ready'),
  );
  for (const [i, node] of nodes.entries()) {
    node.id = String(await node.connection.call('CLUSTER', 'MYID'));
    // Unless they are told apart from the start, nodes first have to settle who is newer.
    await node.connection.call('CLUSTER', 'SET-CONFIG-EPOCH', i + 1);
    if (i >= primaries) continue;
    const [from, to] = [i, i + 1].map((part) => Math.floor((slotCount * part) / primaries)) as [
      number,
      number,
    ];
    await node.connection.call('CLUSTER', 'ADDSLOTSRANGE', from, to - 1);
  }
  for (const [i, { port }] of nodes.entries()) {
    if (i > 0) await first.connection.call('CLUSTER', 'MEET', '127.0.0.1', port, busPorts[i] ?? 0);
  }
  await until('the nodes do not know each other', formWithinMs, async () =>
    (await Promise.all(nodes.map(({ connection }) => connection.call('CLUSTER', 'NODES')))).every((known) =>
      nodes.every(({ id }) => String(known).includes(id)),
    ),
  );
  for (const [i, node] of nodes.entries()) {
    if (i >= primaries) await node.connection.call('CLUSTER', 'REPLICATE', nodes[i - primaries]?.id ?? '');
  }
}

type Slots = [first: number, last: number, ...nodes: [host: string, port: number][]][];
const slotsOf = async (connection: Valkey) => (await connection.call('CLUSTER', 'SLOTS')) as Slots;

/** Whether a node finds the cluster well, and is itself in step with its primary or replica. */
async function isWhole({ connection }: ClusterNode): Promise<boolean> {
  try {
    const info = String(await connection.call('CLUSTER', 'INFO'));
    const slots = await slotsOf(connection);
    const replication = String(await connection.call('INFO', 'replication'));
    const isInStep = /^role:slave/m.test(replication)
      ? /^master_link_status:up/m.test(replication)
      : /state=online/.test(replication);
    const areBacked = slots.every(([, , ...nodes]) => nodes.length > 1);
    return areBacked && /^cluster_state:ok/m.test(info) && /^cluster_slots_ok:16384/m.test(info) && isInStep;
  } catch {
    // It loads its data, or is being connected to.
    return false;
  }
}

async function until(otherwise: string, withinMs: number, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`${otherwise}, after ${withinMs} ms`);
    await sleep(pollMs);
  }
}
