/** How many connections each service has to each node of a cluster, and what they cost the node. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { primaries } from '@overcookied/shared/valkey.ts';
import { type ClusterNode, startValkeyCluster } from '../../../dev/valkey/valkey-cluster.ts';
import { Service, type ServiceName } from '../service.ts';
import { progress } from '../stage.ts';
import { readFigures } from './figures.ts';

const shards = 3;
/** Until a service has connected to every node, in ms. */
const settleMs = 5_000;
const looks = 100;
const names: ServiceName[] = ['gateway', 'matchmaker', 'game-ticker'];

export interface Connections {
  /** To each primary, and to each replica, by service. */
  each: { service: ServiceName; primary: number; replica: number }[];
  /** Memory that a node spends on one, on average, in bytes. */
  bytes: number;
  /** What one look for who has which slots brings over the network, in bytes for each shard of one primary and one replica. */
  slotsBytes: number;
}

export async function measureConnections(): Promise<Connections> {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-bench-'));
  const cluster = await startValkeyCluster({ dir, primaries: shards });
  const services: Service[] = [];
  try {
    const env = { VALKEY_URL: cluster.url, JWT_SECRET: 'a secret of the bench which nobody has to keep' };
    const count = async () => {
      const clients = await Promise.all(cluster.nodes.map(clientsOf));
      return { primary: mean(clients.slice(0, shards)), replica: mean(clients.slice(shards)) };
    };
    const each: Connections['each'] = [];
    let before = await count();
    for (const service of names) {
      progress(`connections of a ${service}`);
      services.push(await Service.start(service, env, dir));
      await sleep(settleMs);
      const after = await count();
      each.push({
        service,
        primary: after.primary - before.primary,
        replica: after.replica - before.replica,
      });
      before = after;
    }
    const [first] = cluster.nodes;
    if (!first) throw new Error('a cluster without a node');
    return { each, bytes: await bytesOfClients(first), slotsBytes: await bytesOfSlots(first) };
  } finally {
    await Promise.all(services.map((service) => service.stop()));
    await cluster.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

const clientsOf = async ({ connection }: ClusterNode): Promise<number> =>
  (await readFigures(connection)).clients;

async function bytesOfClients({ connection }: ClusterNode): Promise<number> {
  const [node] = primaries(connection);
  const list = String(await node?.client('LIST', 'TYPE', 'NORMAL'));
  return mean([...list.matchAll(/ tot-mem=(\d+)/g)].map(([, bytes]) => Number(bytes)));
}

async function bytesOfSlots({ connection }: ClusterNode): Promise<number> {
  const [node] = primaries(connection);
  const before = await readFigures(connection);
  for (let i = 0; i < looks; i++) await node?.cluster('SLOTS');
  const after = await readFigures(connection);
  return (after.bytesOut - before.bytesOut) / looks / shards;
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
