import { Metrics } from '@overcookied/shared/metrics.ts';
import { expect, onTestFinished, test } from 'vitest';
import { readMetric } from '../../../tests/support/metric.ts';
import { testValkey } from '../../../tests/support/valkey.ts';
import { measureValkeys } from './valkey-metrics.ts';

test('tells what each Valkey says of itself, by what it is for', async () => {
  const [matches, records] = await Promise.all([testValkey(), testValkey()]);
  const metrics = new Metrics('test');
  measureValkeys({ matches, records }, metrics);
  const before = (await readMetric(metrics, 'valkey_commands_total')) ?? 0;
  for (let i = 0; i < 200; i++) await matches.ping();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect((await readMetric(metrics, 'valkey_commands_total')) ?? 0).toBeGreaterThanOrEqual(before + 200);
  expect(await readMetric(metrics, 'valkey_memory_bytes')).toBeGreaterThan(500_000);
  expect(await readMetric(metrics, 'valkey_cpu_seconds_total')).toBeGreaterThan(0);
  expect(await readMetric(metrics, 'valkey_clients')).toBeGreaterThanOrEqual(2);
  expect(await readMetric(metrics, 'valkey_replicas')).toBe(0);
  expect(await readMetric(metrics, 'valkey_evicted_keys_total')).toBe(0);
  const { host, port } = matches.options;
  const text = await metrics.registry.metrics();
  for (const name of ['matches', 'records']) {
    expect(text).toContain(
      `overcookied_valkey_memory_bytes{valkey="${name}",node="${host}:${port}",service="test"}`,
    );
  }
});

test('tells the limit of memory where there is one', async () => {
  const valkey = await testValkey();
  const metrics = new Metrics('test');
  measureValkeys({ matches: valkey }, metrics);
  expect(await readMetric(metrics, 'valkey_memory_limit_bytes')).toBeUndefined();
  const limit = 1_000_000_000;
  await valkey.config('SET', 'maxmemory', limit);
  onTestFinished(async () => {
    await valkey.config('SET', 'maxmemory', 0);
  });
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(await readMetric(metrics, 'valkey_memory_limit_bytes')).toBe(limit);
});
