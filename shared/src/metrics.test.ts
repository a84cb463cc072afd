import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';

const linesOf = async (metrics: Metrics, name: string) =>
  (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(`overcookied_${name}`));

test('what cannot be read is left out, and keeps nothing else from being told', async () => {
  const metrics = new Metrics('test');
  let isAway = false;
  metrics.gauge('away', 'Cannot be read now and then.', async () => {
    if (isAway) throw new Error('valkey is away');
    return 7;
  });
  metrics.gauge('none', 'Has no value.', () => undefined);
  metrics.gauge('zero', 'Has one.', () => 0);
  expect(await linesOf(metrics, 'away')).toEqual(['overcookied_away{service="test"} 7']);
  isAway = true;
  expect(await linesOf(metrics, 'away')).toEqual([]);
  expect(await linesOf(metrics, 'none')).toEqual([]);
  expect(await linesOf(metrics, 'zero')).toEqual(['overcookied_zero{service="test"} 0']);
});

test('what does not answer holds nothing up for long', async () => {
  const metrics = new Metrics('test');
  metrics.gauge('silent', 'Never answers.', () => new Promise(() => {}));
  metrics.gauge('other', 'Does.', () => 1);
  const askedAt = performance.now();
  const text = await metrics.registry.metrics();
  expect(performance.now() - askedAt).toBeLessThan(3_000);
  expect(text).not.toMatch(/^overcookied_silent/m);
  expect(text).toMatch(/^overcookied_other/m);
});

test('of several things those are told that are there', async () => {
  const metrics = new Metrics('test');
  let readings = [
    { labels: { node: 'a' }, value: 1 },
    { labels: { node: 'b' }, value: 2 },
  ];
  metrics.gauges('size', 'Size.', ['node'], () => readings);
  metrics.counters('done_total', 'Done.', ['node'], () => readings);
  expect(await linesOf(metrics, 'size')).toHaveLength(2);
  readings = [{ labels: { node: 'b' }, value: 3 }];
  expect(await linesOf(metrics, 'size')).toEqual(['overcookied_size{node="b",service="test"} 3']);
  expect(await linesOf(metrics, 'done_total')).toEqual(['overcookied_done_total{node="b",service="test"} 3']);
});

test('tells how much memory there is to be had', async () => {
  const metrics = new Metrics('test');
  const [limit] = await linesOf(metrics, 'memory_limit_bytes');
  expect(Number(limit?.split(' ')[1])).toBeGreaterThan(process.memoryUsage.rss());
  const [heap] = await linesOf(metrics, 'heap_limit_bytes');
  expect(Number(heap?.split(' ')[1])).toBeGreaterThan(process.memoryUsage().heapTotal);
});
