import { expect, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
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
