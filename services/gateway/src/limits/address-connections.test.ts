import { beat, forget, silenceMs } from '@overcookied/shared/connections/gateways.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { type Redis, whenReady } from '@overcookied/shared/valkey.ts';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../../../tests/support/eventually.ts';
import { freshValkeyUrl, openValkey, testValkey } from '../../../../tests/support/valkey.ts';
import { ValkeyProxy } from '../../../../tests/support/valkey-proxy.ts';
import { AddressConnections } from './address-connections.ts';
import { CountedConnection } from './counted-connection.ts';

const address = '203.0.113.9';

function gateway(valkey: Redis, gatewayId: string, most: number, now: () => number = Date.now) {
  const told: string[] = [];
  const unchecked = ({ message }: Error) => told.push(message);
  const connections = new AddressConnections({ valkey, gatewayId, most, now, unchecked });
  onTestFinished(() => connections.stop());
  return { connections, told };
}

async function isIn(connections: AddressConnections): Promise<CountedConnection> {
  const connection = await connections.open(address);
  if (!(connection instanceof CountedConnection)) throw new Error(`refused for ${connection} ms`);
  connection.opened();
  return connection;
}

/** As on a gateway that has refused nobody lately. */
const tryAt = (valkey: Redis, gatewayId: string, most: number, now?: () => number) =>
  gateway(valkey, gatewayId, most, now).connections.open(address);

test('one address has only so many on all gateways together, and room again when one is gone', async () => {
  const valkey = await testValkey();
  await Promise.all([beat(valkey, 'one'), beat(valkey, 'two')]);
  const { connections: one } = gateway(valkey, 'one', 5);
  const { connections: two } = gateway(valkey, 'two', 5);
  // All at the same time.
  const opened = await Promise.all([isIn(one), isIn(one), isIn(two), isIn(two), isIn(two)]);
  expect(await one.open(address)).toBeGreaterThan(0);
  expect(await two.open(address)).toBeGreaterThan(0);
  expect(await one.open('203.0.113.10')).toBeInstanceOf(CountedConnection);
  expect(await valkey.hgetall(keys.addressConnections(address))).toEqual({ one: '2', two: '3' });
  opened[0]?.closed();
  opened[0]?.closed();
  await eventually(async () => (await valkey.hget(keys.addressConnections(address), 'one')) === '1');
  expect(await eventually(async () => (await two.open(address)) instanceof CountedConnection)).toBe(true);
  for (const connection of opened) connection.closed();
  await eventually(async () => (await valkey.hlen(keys.addressConnections(address))) === 1);
});

test.each([
  ['that is known to be dead', 0],
  ['that has been silent for too long', silenceMs + 1],
])('what a gateway had %s is gone with it', async (_what, laterMs) => {
  const valkey = await testValkey();
  await Promise.all([beat(valkey, 'dead'), beat(valkey, 'alive')]);
  const { connections } = gateway(valkey, 'dead', 2);
  await isIn(connections);
  await isIn(connections);
  expect(await tryAt(valkey, 'alive', 2)).toBeGreaterThan(0);
  if (laterMs === 0) await forget(valkey, 'dead');
  expect(await tryAt(valkey, 'alive', 2, () => Date.now() + laterMs)).toBeInstanceOf(CountedConnection);
  expect(await valkey.hgetall(keys.addressConnections(address))).toEqual({ alive: '1' });
});

test('nothing is kept for good', async () => {
  const valkey = await testValkey();
  const connection = await isIn(gateway(valkey, 'one', 5).connections);
  const ttl = await valkey.pttl(keys.addressConnections(address));
  expect(ttl).toBeGreaterThan(120_000);
  expect(ttl).toBeLessThanOrEqual(180_000);
  connection.closed();
  await eventually(async () => (await valkey.exists(keys.addressConnections(address))) === 0);
});

test('without Valkey everybody is let in, counted nonetheless, and that is told', async () => {
  const proxy = await ValkeyProxy.start(await freshValkeyUrl());
  const valkey = await openValkey(proxy.url);
  onTestFinished(() => {
    valkey.disconnect();
    proxy.stop();
  });
  const { connections, told } = gateway(valkey, 'one', 2);
  await isIn(connections);
  proxy.cut(true);
  await isIn(connections);
  await isIn(connections);
  expect(told).toHaveLength(2);
  proxy.cut(false);
  await whenReady(valkey);
  expect(await connections.open(address)).toBeGreaterThan(0);
});
