import { askForClock, scheduleNoLaterThan } from '@overcookied/shared/match/due.ts';
import { Metrics } from '@overcookied/shared/metrics.ts';
import { expect, test } from 'vitest';
import { readMetric } from '../../../tests/support/metric.ts';
import { testValkey } from '../../../tests/support/valkey.ts';
import { measureDueTimes } from './due-metrics.ts';
import { takeDue } from './due-times.ts';

test('tells the matches of all sets, and which are past their due time', async () => {
  const valkey = await testValkey();
  const metrics = new Metrics('test');
  measureDueTimes(valkey, { now: () => Date.now() }, metrics);
  const now = Date.now();
  for (let i = 0; i < 40; i++) await scheduleNoLaterThan(valkey, `later-${i}`, now + 60_000);
  for (let i = 0; i < 30; i++) await scheduleNoLaterThan(valkey, `late-${i}`, now - 1_000);
  for (let i = 0; i < 20; i++) await askForClock(valkey, `asked-${i}`);
  expect(await readMetric(metrics, 'matches')).toBe(90);
  expect(await readMetric(metrics, 'clock_overdue')).toBe(50);
  // Whoever takes them has until its lease runs out.
  await takeDue(valkey, { lookAheadMs: 0, leaseMs: 2_000, perSet: 1_000 });
  expect(await readMetric(metrics, 'clock_overdue')).toBe(0);
  await expect.poll(() => readMetric(metrics, 'clock_overdue')).toBe(50);
});
