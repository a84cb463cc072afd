import { keys } from '@overcookied/shared/keys.ts';
import { Metrics } from '@overcookied/shared/metrics.ts';
import { joinQueue } from '@overcookied/shared/queue/queue.ts';
import { expect, test } from 'vitest';
import { readMetric } from '../../../tests/support/metric.ts';
import { ticketOf } from '../../../tests/support/ticket.ts';
import { testValkey } from '../../../tests/support/valkey.ts';
import { measureQueue } from './queue-metrics.ts';

test('tells how many wait and for how long, also when nobody does', async () => {
  const valkey = await testValkey();
  const metrics = new Metrics('test');
  measureQueue(valkey, metrics);
  expect(await readMetric(metrics, 'queue_players')).toBe(0);
  expect(await readMetric(metrics, 'queue_oldest_wait_seconds')).toBe(0);
  await joinQueue(valkey, ticketOf('ada'));
  await joinQueue(valkey, ticketOf('bo'));
  await valkey.zincrby(keys.queue, -20_000, 'bo');
  expect(await readMetric(metrics, 'queue_players')).toBe(2);
  const wait = await readMetric(metrics, 'queue_oldest_wait_seconds');
  expect(wait).toBeGreaterThanOrEqual(20);
  expect(wait).toBeLessThan(25);
});

test('tells nothing while Valkey is away', async () => {
  const valkey = await testValkey();
  const metrics = new Metrics('test');
  measureQueue(valkey, metrics);
  valkey.disconnect();
  expect(await readMetric(metrics, 'queue_players')).toBeUndefined();
  expect(await readMetric(metrics, 'queue_oldest_wait_seconds')).toBeUndefined();
});
