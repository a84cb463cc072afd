import type { ClusterNode, RunningCluster } from '../../dev/valkey/valkey-cluster.ts';

const keysAtOnce = 100;

/** Moves a slot with all its keys from one primary to another, as `valkey-cli --cluster reshard` does. */
export async function moveSlot(
  { nodes }: RunningCluster,
  slot: number,
  from: ClusterNode,
  to: ClusterNode,
): Promise<void> {
  const set = (node: ClusterNode, ...what: string[]) =>
    node.connection.call('CLUSTER', 'SETSLOT', slot, ...what);
  await set(to, 'IMPORTING', from.id);
  await set(from, 'MIGRATING', to.id);
  for (;;) {
    const keys = (await from.connection.call('CLUSTER', 'GETKEYSINSLOT', slot, keysAtOnce)) as string[];
    if (keys.length === 0) break;
    await from.connection.call('MIGRATE', '127.0.0.1', to.port, '', 0, 5_000, 'KEYS', ...keys);
  }
  // The one that takes it first, so that there is always one who says it is theirs.
  for (const node of [to, from]) await set(node, 'NODE', to.id);
  for (const node of nodes) {
    const isReplica = /^role:slave/m.test(String(await node.connection.call('INFO', 'replication')));
    if (node !== to && node !== from && !isReplica) await set(node, 'NODE', to.id);
  }
}
