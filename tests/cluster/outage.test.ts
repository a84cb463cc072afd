import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allOver, letClick, tally } from '../support/clickers.ts';
import { type ClusterStack, startClusterStack } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';

let system: ClusterStack;
let cluster: ClusterStack['cluster'];
let stack: ClusterStack['stack'];

beforeAll(async () => {
  system = await startClusterStack(
    { countdownMs: 500, matchMs: 3_000, goldenGapMs: [700, 1_000] },
    { persist: true },
  );
  ({ cluster, stack } = system);
});
afterAll(() => system.stop());

const die = () => {
  for (const { process } of cluster.nodes) process.kill('SIGKILL');
};

test('a cluster that was gone whole is found again; services end soon and cleanly while it is away', async () => {
  const services = [...stack.gateways, stack.matchmaker, stack.ticker];
  die();
  await sleep(5_000);
  // Why each node cannot be reached is told once, and not at every try.
  for (const { complaints } of services) expect(complaints.length).toBeLessThan(60);
  for (const node of cluster.nodes) await cluster.revive(node);
  await cluster.healthy();
  await eventually(async () =>
    (await Promise.all(services.map(({ url }) => fetch(`${url}/readyz`)))).every(({ ok }) => ok),
  );
  const clickers = await letClick(
    stack.gateways.map(({ url }) => url),
    10,
  );
  await allOver(clickers, 15_000);
  for (const { made, counted } of tally(clickers)) expect(counted).toBe(made);
  for (const { player } of clickers) player.close();

  die();
  await sleep(1_000);
  const askedAt = performance.now();
  const codes = await Promise.all(services.map((service) => service.stop()));
  expect(codes).toEqual([0, 0, 0, 0]);
  expect(performance.now() - askedAt).toBeLessThan(5_000);
}, 90_000);
