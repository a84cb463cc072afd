/** How many connections each service has to each node of a cluster, and what they cost the node. */
import { setTimeout as sleep } from 'node:timers/promises';
import { primaries } from '@overcookied/shared/valkey.ts';
import type { ClusterNode } from '../../../dev/valkey/valkey-cluster.ts';
import type { ServiceName } from '../service.ts';
import { progress } from '../stage.ts';
import { readFigures } from './figures.ts';
import { type ClusterStage, shards } from './on-cluster.ts';

/** Until a service has connected to every node, in ms. */
const settleMs = 5_000;
const looks = 100;
const names: ServiceName[] = ['gateway', 'matchmaker', 'game-ticker'];

export interface Connections {
  /** To each primary, and to each replica, by service, on average. */
  each: { service: ServiceName; primary: number; replica: number }[];
  /** Memory that a node spends on one, on average, in bytes. */
  bytes: number;
  /** What one look for who has which slots brings over the network, in bytes for each shard of one primary and one replica. */
  slotsBytes: number;
}

/** Starts one of each service beside a cluster that has none yet; they go with the stage. */
export async function measureConnections({ cluster, start }: ClusterStage): Promise<Connections> {
  const count = async () => {
    const clients = await Promise.all(cluster.nodes.map(clientsOf));
    return { primary: mean(clients.slice(0, shards)), replica: mean(clients.slice(shards)) };
  };
  const each: Connections['each'] = [];
  let before = await count();
  for (const service of names) {
    progress(`connections of a ${service}`);
    await start(service);
    await sleep(settleMs);
    const after = await count();
    each.push({ service, primary: after.primary - before.primary, replica: after.replica - before.replica });
    before = after;
  }
  const [first] = cluster.nodes;
  if (!first) throw new Error('a cluster without a node');
  return { each, bytes: await bytesOfClients(first), slotsBytes: await bytesOfSlots(first) };
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
