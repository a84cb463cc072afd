import { readFile } from 'node:fs/promises';
import { beatMs } from '@overcookied/shared/connections/gateways.ts';
import { dueShards } from '@overcookied/shared/keys.ts';
import { expect, test } from 'vitest';
import { readFigures } from './figures.ts';

const root = new URL('../../../', import.meta.url);
const text = (path: string) => readFile(new URL(path, root), 'utf8');
const { settings, prices } = await readFigures();

/** The number that a file has at the group of a pattern. */
async function numberIn(path: string, pattern: RegExp): Promise<number> {
  const found = (await text(path)).match(pattern)?.[1];
  if (found === undefined) throw new Error(`${path} has nothing like ${pattern}`);
  return Number(found);
}

test('settings are those of this repository', async () => {
  const scaled = (service: string) => `k8s/overlays/eks/${service}/scaled-object.yaml`;
  const cores = async (service: string) =>
    (await numberIn(`k8s/base/${service}/deployment.yaml`, /requests:\s+cpu: (\d+)m/)) / 1_000;
  expect(await numberIn(scaled('gateway'), /overcookied_watchers[\s\S]*?threshold: "(\d+)"/)).toBe(
    settings.socketsPerGateway.value,
  );
  expect(await numberIn(scaled('game-ticker'), /name: due[\s\S]*?threshold: "(\d+)"/)).toBe(
    settings.eventsPerTicker.value,
  );
  expect(await numberIn(scaled('gateway'), /maxReplicaCount: (\d+)/)).toBe(settings.mostGateways.value);
  expect(await numberIn(scaled('game-ticker'), /maxReplicaCount: (\d+)/)).toBe(settings.mostTickers.value);
  for (const service of ['gateway', 'matchmaker', 'game-ticker'])
    expect(await numberIn(scaled(service), /minReplicaCount: (\d+)/)).toBe(settings.leastPods.value);
  expect(await cores('gateway')).toBe(settings.gatewayCores.value);
  expect(await cores('matchmaker')).toBe(settings.matchmakerCores.value);
  expect(await cores('game-ticker')).toBe(settings.tickerCores.value);
  expect(await numberIn('infra/variables-size.tf', /var\.valkey_shards <= (\d+)/)).toBe(
    settings.mostShards.value,
  );
  expect(await numberIn('infra/sizes/large.tfvars', /valkey_replicas += (\d+)/)).toBe(
    settings.replicas.value,
  );
  expect(1_000 / beatMs).toBe(settings.beatsPerSecond.value);
  expect(dueShards).toBe(settings.dueSets.value);
  expect(await numberIn('services/game-ticker/src/replays.ts', /replayKeptMs = (\d+) \* 86_400_000/)).toBe(
    settings.replayDays.value,
  );
});

test('prices are those by which docs/infrastructure.md reckons', async () => {
  const page = await text('docs/infrastructure.md');
  expect(page).toContain(prices.date);
  for (const name of [
    'node',
    'valkeyNode',
    'natGateway',
    'loadBalancer',
    'capacityUnit',
    'internetGb',
  ] as const)
    expect(page, name).toContain(String(prices[name].value));
});
