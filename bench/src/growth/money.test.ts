import { expect, test } from 'vitest';
import { readFigures } from './figures.ts';
import { moneyOf } from './money.ts';
import type { Needs } from './needs.ts';

const figures = await readFigures();
/** What docs/infrastructure.md has bought for its large size. */
const large: Needs = {
  ...{ cells: 1, gateways: 40, matchmakers: 3, tickers: 3, gatewayCores: 22, podCores: 34, nodes: 6 },
  ...{ valkeyCores: 11, shards: 16, shardsByCpu: 16, shardsByMemory: 1, matchBytes: 0, valkeyBytes: 0 },
  ...{ valkeyCommands: 0, connectionsPerPrimary: 0, slotMapBytes: 0, loadBalancerConnections: 20_000 },
  ...{ downBits: 0, upBits: 0, recordShards: 0, accountBytes: 0, replayBytes: 0 },
};

test('the large size costs what docs/infrastructure.md says', () => {
  const { machines, valkey, around, internet } = moneyOf(large, figures);
  expect(machines).toBeCloseTo(2_119 + 34, -0.5);
  expect(valkey).toBeCloseTo(3_543, -0.5);
  // Control plane, NAT gateways, load balancer, alarms, secrets.
  expect(around).toBeCloseTo(73 + 114 + 20 + 26 + 4, -0.5);
  // Open connections, here as on average.
  expect(internet).toBeCloseTo(47 / 3, -0.5);
});

test('traffic is paid as on average, and by the GB', () => {
  const before = moneyOf(large, figures);
  // 1 GB a second at the peak, for 730 hours.
  const gigabytes = (3_600 * 730) / 3;
  const { internet } = moneyOf({ ...large, downBits: 8e9 }, figures);
  expect(internet).toBeCloseTo(gigabytes * (0.09 + 0.008 * 1.2), -1);
  // Two thirds of what goes to Valkey goes to another zone.
  const { betweenZones } = moneyOf({ ...large, valkeyBytes: 1e9 }, figures);
  expect(betweenZones - before.betweenZones).toBeCloseTo((gigabytes * 0.01 * 2) / 3, 6);
});

test('the parts are all there is', () => {
  const { total, ...parts } = moneyOf(
    { ...large, recordShards: 4, valkeyBytes: 1e8, downBits: 1e9 },
    figures,
  );
  expect(total).toBeCloseTo(
    Object.values(parts).reduce((sum, part) => sum + part, 0),
    6,
  );
});
