import { Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { BusyHistogram } from './busy-histogram.ts';

test('it says what one of prom-client says of the same values', async () => {
  const buckets = [0.001, 0.01, 0.1];
  const [ours, theirs] = [new Registry(), new Registry()];
  for (const registry of [ours, theirs]) registry.setDefaultLabels({ service: 'test' });
  const busy = new BusyHistogram('call_seconds', 'Calls.', 'script', buckets);
  ours.registerMetric(busy as unknown as Histogram);
  const reference = new Histogram({
    ...{ name: 'call_seconds', help: 'Calls.', labelNames: ['script'], buckets },
    registers: [theirs],
  });
  for (const value of [0, 0.001, 0.0011, 0.05, 0.1, 7]) {
    for (const script of ['click', 'claim']) {
      busy.observe(script, value);
      reference.observe({ script }, value);
    }
  }
  busy.observe('back', 0.01);
  reference.observe({ script: 'back' }, 0.01);
  expect(await ours.metrics()).toBe(await theirs.metrics());
});
