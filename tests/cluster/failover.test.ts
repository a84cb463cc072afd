import { keys } from '@overcookied/shared/keys.ts';
import calculateSlot from 'cluster-key-slot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allOver, letClick, tally } from '../support/clickers.ts';
import { type ClusterStack, startClusterStack } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';

/** A match outlasts a failover by far. */
const rules = { countdownMs: 500, matchMs: 14_000, goldenGapMs: [700, 1_000], graceMs: 10_000 };

let system: ClusterStack;
let cluster: ClusterStack['cluster'];
let stack: ClusterStack['stack'];

beforeAll(async () => {
  system = await startClusterStack(rules);
  ({ cluster, stack } = system);
});
afterAll(() => system.stop());

test('matches go on when the primary that has them is killed, and every click counts', async () => {
  const clickers = await letClick(
    stack.gateways.map(({ url }) => url),
    30,
    { stopBeforeMs: 3_000 },
  );
  const rooms = new Set(clickers.map(({ start }) => start?.roomId ?? ''));
  const owners = await Promise.all([...rooms].map((room) => cluster.ownerOf(calculateSlot(keys.game(room)))));
  const [victim] = owners;
  if (!victim) throw new Error('no match began');
  await eventually(() => clickers.every(({ latencies }) => latencies.length > 5));
  victim.process.kill('SIGKILL');
  await allOver(clickers, 40_000);
  for (const { made, counted } of tally(clickers)) expect(counted).toBe(made);
  // Players are told that their clicks have to wait.
  expect(new Set(clickers.flatMap(({ errors }) => errors))).toEqual(new Set(['unavailable']));
  for (const { id, made } of clickers) {
    await eventually(async () => {
      const [points, matches] = await stack.valkey.hmget(keys.player(id), 'points', 'matches');
      return points === String(made) && matches === '1';
    }, 15_000);
  }
  await cluster.revive(victim);
  await cluster.healthy();
}, 90_000);
