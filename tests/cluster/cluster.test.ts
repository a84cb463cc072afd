import { keys } from '@overcookied/shared/keys.ts';
import calculateSlot from 'cluster-key-slot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClusterNode } from '../../dev/valkey/valkey-cluster.ts';
import { allOver, letClick, tally } from '../support/clickers.ts';
import { type ClusterStack, startClusterStack } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';
import { moveSlot } from '../support/reshard.ts';

const rules = { countdownMs: 500, matchMs: 7_000, goldenGapMs: [700, 1_000] };

let system: ClusterStack;
let cluster: ClusterStack['cluster'];
let stack: ClusterStack['stack'];

beforeAll(async () => {
  system = await startClusterStack(rules);
  ({ cluster, stack } = system);
});
afterAll(() => system.stop());

/** What services had to complain of, but that there is no page, which nobody asks for here. */
const complaints = () =>
  [...stack.gateways, stack.matchmaker, stack.ticker]
    .flatMap((service) => service.complaints)
    .filter(({ msg }) => !msg.includes('web client'));

test('matches are played on all shards of a cluster, and every click counts', async () => {
  const clickers = await letClick(
    stack.gateways.map(({ url }) => url),
    40,
  );
  await allOver(clickers, 15_000);
  for (const { made, counted } of tally(clickers)) expect(counted).toBe(made);
  const shards = new Set(
    clickers.map(({ start }) => Math.floor((calculateSlot(keys.game(start?.roomId ?? '')) * 3) / 16_384)),
  );
  expect(shards.size).toBe(3);
  for (const { id, made } of clickers) {
    await eventually(
      async () => (await stack.valkey.hget(`overcookied:player:{${id}}`, 'points')) === String(made),
    );
  }
  expect(complaints()).toEqual([]);
});

test('a resharding during play disturbs nobody', async () => {
  const clickers = await letClick(
    stack.gateways.map(({ url }) => url),
    40,
  );
  const primaries = cluster.nodes.slice(0, 3);
  const slots = new Set(clickers.map(({ start }) => calculateSlot(keys.game(start?.roomId ?? ''))));
  slots.add(calculateSlot('{matchmaking}'));
  let moved = 0;
  for (const slot of slots) {
    const from = await cluster.ownerOf(slot);
    const to = primaries[(primaries.indexOf(from) + 1) % primaries.length] as ClusterNode;
    await moveSlot(cluster, slot, from, to);
    moved++;
  }
  expect(clickers.every(({ over }) => !over)).toBe(true);
  expect(moved).toBe(slots.size);
  await allOver(clickers, 15_000);
  for (const { made, counted } of tally(clickers)) expect(counted).toBe(made);
  expect(clickers.flatMap(({ errors }) => errors)).toEqual([]);
  expect(complaints()).toEqual([]);
});
