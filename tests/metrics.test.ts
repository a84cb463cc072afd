import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningValkey, startValkey } from '../dev/valkey/valkey.ts';
import { eventually } from './support/eventually.ts';
import { sampleOf } from './support/metric.ts';
import type { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { guest, Stranger } from './support/stranger.ts';

let dir: string;
let valkey: RunningValkey;
let stack: Stack;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'overcookied-metrics-'));
  valkey = await startValkey({ dir, persist: false });
  stack = await startStack({}, valkey.url);
});

afterAll(async () => {
  valkey.process.kill('SIGCONT');
  await stack.stop();
  await valkey.stop();
  await rm(dir, { recursive: true, force: true });
});

async function scrape({ url }: TestService): Promise<{ text: string; tookMs: number }> {
  const askedAt = performance.now();
  const text = await (await fetch(`${url}/metrics`)).text();
  return { text, tookMs: performance.now() - askedAt };
}

const all = () => [...stack.gateways, stack.matchmaker, stack.ticker];

test('a player who waits alone is seen in the queue', async () => {
  const [{ url }] = stack.gateways;
  const { token } = await guest(url, 'Ada');
  const ada = await Stranger.connect(url, token);
  ada.send('JOIN_QUEUE');
  await ada.next('QUEUED');
  const { text } = await scrape(stack.matchmaker);
  expect(sampleOf(text, 'queue_players')).toBe(1);
  await eventually(
    async () => (sampleOf((await scrape(stack.matchmaker)).text, 'queue_oldest_wait_seconds') ?? 0) > 1,
  );
  for (const service of all()) expect(sampleOf((await scrape(service)).text, 'ready')).toBe(1);
  ada.close();
});

test('while Valkey does not answer every service tells what it knows by itself, and soon', async () => {
  valkey.process.kill('SIGSTOP');
  for (const service of all()) {
    const { text, tookMs } = await scrape(service);
    expect(tookMs).toBeLessThan(3_000);
    expect(sampleOf(text, 'ready')).toBe(0);
    expect(text).toContain('process_resident_memory_bytes');
    for (const name of [
      'queue_players',
      'queue_oldest_wait_seconds',
      'matches',
      'clock_overdue',
      'valkey_memory_bytes',
    ]) {
      expect(sampleOf(text, name)).toBeUndefined();
    }
  }
  valkey.process.kill('SIGCONT');
  for (const service of all()) {
    await eventually(async () => sampleOf((await scrape(service)).text, 'ready') === 1, 10_000);
  }
});

test('nor does one that is gone hold anything up', async () => {
  await valkey.stop();
  for (const service of all()) {
    const { text, tookMs } = await scrape(service);
    expect(tookMs).toBeLessThan(3_000);
    expect(sampleOf(text, 'ready')).toBe(0);
    expect(sampleOf(text, 'queue_players')).toBeUndefined();
  }
});

test('and each tells what goes wrong, as its log does', async () => {
  for (const service of all()) {
    // Each says once a second that it lives, or could not, while something is wrong.
    const text = await eventually(async () => {
      const page = (await scrape(service)).text;
      const isFailing = page.includes('call_failures_total{script="instance_sign",cause="not_connected"');
      return isFailing ? page : undefined;
    }, 10_000);
    const complaints = service.complaints.length;
    const counted = [...text.matchAll(/^overcookied_errors_total\{(.*)\} (\d+)$/gm)];
    expect(counted.map(([, labels]) => labels).join()).toContain(
      'level="warn",cause="valkey is not reachable, trying again"',
    );
    const sum = counted.reduce((total, [, , value]) => total + Number(value), 0);
    // One may be written between the two looks.
    expect(Math.abs(sum - complaints)).toBeLessThanOrEqual(1);
  }
});
