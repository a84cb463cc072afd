import { setTimeout as sleep } from 'node:timers/promises';
import { keys } from '@overcookied/shared/keys.ts';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../../../tests/support/eventually.ts';
import { freshValkeyUrl, openValkey, testValkey } from '../../../../tests/support/valkey.ts';
import { ValkeyProxy } from '../../../../tests/support/valkey-proxy.ts';
import { Rate } from './rate.ts';

const refuseToBeAsked = (error: Error) => {
  throw error;
};

test('as many at once as there may be in a minute, on all gateways together, and then one after the other', async () => {
  const valkey = await testValkey();
  const options = { valkey, name: 'guestsPerAddress', perMinute: 120, unchecked: refuseToBeAsked };
  const gateways = [new Rate(options), new Rate(options)] as const;
  const take = async (i: number) => gateways[i % 2 ? 1 : 0].take('203.0.113.9');
  const waits = await Promise.all(Array.from({ length: 120 }, (_, i) => take(i)));
  expect(waits).toEqual(Array(120).fill(0));
  // Half a second is what one takes; those 120 may have taken some of it.
  const wait = await eventually(() => take(0));
  expect(wait).toBeLessThanOrEqual(500);
  expect(await gateways[0].take('203.0.113.10')).toBe(0);
  await sleep(wait + 5);
  expect(await take(0)).toBe(0);
  // Nothing is left of it when it is full again.
  const ttl = await valkey.pttl(keys.limit('guestsPerAddress', '203.0.113.9'));
  expect(ttl).toBeGreaterThan(30_000);
  expect(ttl).toBeLessThanOrEqual(60_000);
});

test('whoever has to wait is refused without a question to Valkey', async () => {
  const valkey = await testValkey();
  const rate = new Rate({ valkey, name: 'requestsPerAddress', perMinute: 1, unchecked: refuseToBeAsked });
  expect(await rate.take('a')).toBe(0);
  expect(await rate.take('a')).toBeGreaterThan(50_000);
  await valkey.flushdb();
  expect(await rate.take('a')).toBeGreaterThan(40_000);
});

test('without an answer of Valkey it may be done, soon, and that is told', async () => {
  const proxy = await ValkeyProxy.start(await freshValkeyUrl());
  const valkey = await openValkey(proxy.url);
  onTestFinished(() => {
    valkey.disconnect();
    proxy.stop();
  });
  const told: string[] = [];
  const unchecked = ({ message }: Error) => told.push(message);
  const rate = new Rate({ valkey, name: 'requestsPerAddress', perMinute: 1, unchecked });
  expect(await rate.take('a')).toBe(0);
  proxy.mute();
  const askedAt = performance.now();
  expect(await rate.take('a')).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(2_000);
  proxy.cut(true);
  expect(await rate.take('a')).toBe(0);
  expect(told).toHaveLength(2);
});
