import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';

test('a loop that is held up is seen', async () => {
  const metrics = new Metrics('test');
  const total = async () =>
    Number(
      (await metrics.registry.metrics()).match(
        /^overcookied_event_loop_delay_seconds_sum\{.*\} (\S+)$/m,
      )?.[1],
    );
  await sleep(120);
  const before = await total();
  const until = performance.now() + 300;
  while (performance.now() < until);
  await sleep(120);
  expect((await total()) - before).toBeGreaterThan(0.24);
});
