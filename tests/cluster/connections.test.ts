import { beat } from '@overcookied/shared/connections/gateways.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { Subscriptions } from '@overcookied/shared/subscriptions.ts';
import { connectValkey, whenReady } from '@overcookied/shared/valkey.ts';
import calculateSlot from 'cluster-key-slot';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ClusterNode, RunningCluster } from '../../dev/valkey/valkey-cluster.ts';
import { startTestCluster } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';
import { moveSlot } from '../support/reshard.ts';
import { silentLog } from '../support/valkey.ts';

let cluster: RunningCluster;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.stop());

/** Subscribes by an address. @returns what resolves when something arrives that is published from then on */
async function listen(url: string, channel: string): Promise<() => Promise<void>> {
  let heard = 0;
  const subscriptions = new Subscriptions(url, silentLog);
  onTestFinished(() => subscriptions.close());
  await subscriptions.add(channel, { message: (text) => (heard = Number(text)), resubscribed: () => {} });
  let said = 0;
  return async () => {
    const owner = await cluster.ownerOf(calculateSlot(channel));
    const before = said;
    await eventually(async () => {
      await owner.connection.call('SPUBLISH', channel, String(++said));
      return heard > before;
    });
  };
}

const otherThan = (owner: ClusterNode) =>
  cluster.nodes.slice(0, 3).find((node) => node !== owner) as ClusterNode;

test('who subscribes finds the nodes that are left, however many cannot be reached', async () => {
  const gone = Array.from({ length: 20 }, (_, i) => `127.0.0.1:${i + 1}`);
  const arrives = await listen(`${cluster.url},${gone}`, 'a channel');
  await arrives();
});

test('a subscription stands although its slot went to a node that was out of reach, and came back', async () => {
  const channel = 'another channel';
  const arrives = await listen(cluster.url, channel);
  await arrives();
  const slot = calculateSlot(channel);
  const home = await cluster.ownerOf(slot);
  const away = otherThan(home);
  // Whoever was connected to it needs some time to be so again.
  for (const type of ['normal', 'pubsub']) await away.connection.call('CLIENT', 'KILL', 'TYPE', type);
  await moveSlot(cluster, slot, home, away);
  await moveSlot(cluster, slot, away, home);
  await arrives();
});

test('replicas are waited for at the node that ran a script, whoever is said to have its slot by then', async () => {
  const careful = connectValkey(cluster.url, silentLog, 1);
  onTestFinished(() => careful.disconnect());
  await whenReady(careful);
  await beat(careful, 'with its replica');
  const slot = calculateSlot(keys.gateways);
  const owner = await cluster.ownerOf(slot);
  const replica = cluster.nodes[cluster.nodes.indexOf(owner) + 3] as ClusterNode;
  // Redirected from a slot of the same node, the connection takes the other one for the owner of all its slots for a
  // moment.
  const neighbour = slot + 1;
  const key = Array.from({ length: 200_000 }, (_, i) => `key ${i}`).find(
    (each) => calculateSlot(each) === neighbour,
  );
  await moveSlot(cluster, neighbour, owner, otherThan(owner));
  replica.process.kill('SIGSTOP');
  onTestFinished(() => void replica.process.kill('SIGCONT'));
  const [, change] = await Promise.allSettled([careful.get(key ?? ''), beat(careful, 'without its replica')]);
  expect(change).toMatchObject({ reason: { name: 'NotReplicatedError' } });
});
