import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeValkey, connectValkey, whenReady } from '@overcookied/shared/valkey.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startValkey } from '../../dev/valkey/valkey.ts';
import { log } from './stage.ts';
import { countCallers, trafficDuring } from './valkey-traffic.ts';

let dir: string;
let server: Awaited<ReturnType<typeof startValkey>>;
let valkey: ReturnType<typeof connectValkey>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'overcookied-traffic-'));
  server = await startValkey({ dir, persist: false });
  valkey = connectValkey(server.url, log);
  await whenReady(valkey);
});

afterAll(async () => {
  await closeValkey(valkey);
  await server.stop();
  await rm(dir, { recursive: true, force: true });
});

const script = "for i = 1, 10 do redis.call('SET', KEYS[1], i) end";

test('counts what is done, and not that it was asked', async () => {
  await valkey.set('large', 'x'.repeat(10_000));
  // Headers apart, and whatever digits the counters in the readings have gained.
  const nothing = await trafficDuring(valkey, async () => {});
  expect(nothing.commands).toBe(0);
  expect(Math.abs(nothing.bytesOut)).toBeLessThan(50);
  const something = await trafficDuring(valkey, async () => {
    await valkey.get('large');
    await valkey.eval(script, 1, 'key');
  });
  expect(something.commands).toBe(12);
  expect(something.bytesOut).toBeGreaterThan(10_000);
  expect(something.bytesOut).toBeLessThan(10_200);
  expect(something.bytesIn).toBeGreaterThan(0);
  expect(something.bytesIn).toBeLessThan(300);
});

test('tells commands of clients from those inside scripts', async () => {
  const counts = await countCallers(valkey, async () => {
    await valkey.get('large');
    await valkey.eval(script, 1, 'key');
    // What MONITOR tells comes by another connection.
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  expect(counts).toEqual({ clients: 2, scripts: 10 });
});
