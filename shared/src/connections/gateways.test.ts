import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startValkey } from '../../../dev/valkey/valkey.ts';
import { openValkey, testValkey } from '../../../tests/support/valkey.ts';
import { keys } from '../keys.ts';
import { beat, silenceMs, takeSilent } from './gateways.ts';

test('a gateway is silent for whoever has watched for long enough without a break, and for one of them', async () => {
  const valkey = await testValkey();
  const now = Date.now();
  await beat(valkey, 'alive');
  await valkey.zadd(keys.gateways, now - silenceMs - 1_000, 'dead');
  const { watch, silent } = await takeSilent(valkey);
  expect(silent).toEqual([]);
  expect(watch.since).toBe(watch.latest);
  expect(watch.since).toBeGreaterThanOrEqual(now);
  // Not for long enough.
  const since = now - silenceMs + 500;
  expect(await takeSilent(valkey, { since, latest: now - 100 })).toMatchObject({
    watch: { since },
    silent: [],
  });
  // With a break, in which nobody could be heard.
  const broken = await takeSilent(valkey, { since: now - 60_000, latest: now - 4_000 });
  expect(broken.silent).toEqual([]);
  expect(broken.watch.since).toBeGreaterThanOrEqual(now);
  const whole = { since: now - 60_000, latest: now - 100 };
  expect((await takeSilent(valkey, whole)).silent).toEqual(['dead']);
  expect((await takeSilent(valkey, whole)).silent).toEqual([]);
});

test('a Valkey that takes no writes breaks the watch, although nobody is silent yet', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-watch-'));
  const server = await startValkey({ dir, persist: false });
  const valkey = await openValkey(server.url);
  onTestFinished(async () => {
    valkey.disconnect();
    await server.stop(0);
    await rm(dir, { recursive: true, force: true });
  });
  await beat(valkey, 'alive');
  const { watch } = await takeSilent(valkey);
  await valkey.call('REPLICAOF', '127.0.0.1', '1');
  await expect(takeSilent(valkey, watch)).rejects.toThrow('READONLY');
});
