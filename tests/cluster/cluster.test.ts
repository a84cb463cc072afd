import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import calculateSlot from 'cluster-key-slot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningCluster, startValkeyCluster } from '../../dev/valkey/valkey-cluster.ts';
import { allOver, letClick, tally } from '../support/clickers.ts';
import { eventually } from '../support/eventually.ts';
import { type Stack, startStack } from '../support/stack.ts';

const rules = { countdownMs: 500, matchMs: 5_000, goldenGapMs: [700, 1_000] };

let dir: string;
let cluster: RunningCluster;
let stack: Stack;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'overcookied-cluster-'));
  cluster = await startValkeyCluster({ dir });
  stack = await startStack(rules, cluster.url);
});
afterAll(async () => {
  await stack.stop();
  await cluster.stop();
  await rm(dir, { recursive: true, force: true });
});

test('matches are played on all shards of a cluster, and every click counts', async () => {
  const clickers = await letClick(
    stack.gateways.map(({ url }) => url),
    40,
  );
  await allOver(clickers, 15_000);
  for (const { made, counted } of tally(clickers)) expect(counted).toBe(made);
  const shards = new Set(
    clickers.map(({ start }) => Math.floor((calculateSlot(`{${start?.roomId}}`) * 3) / 16_384)),
  );
  expect(shards.size).toBe(3);
  for (const { id, made } of clickers) {
    await eventually(
      async () => (await stack.valkey.hget(`overcookied:player:{${id}}`, 'points')) === String(made),
    );
  }
  expect(stack.gateways.flatMap(({ complaints }) => complaints)).toEqual([]);
  expect([...stack.matchmaker.complaints, ...stack.ticker.complaints]).toEqual([]);
});
