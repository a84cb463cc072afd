import { expect, test } from 'vitest';
import { countComplaint } from './complaints.ts';
import { Metrics } from './metrics.ts';

const told = async () =>
  (await new Metrics('test').registry.metrics())
    .split('\n')
    .filter((line) => line.startsWith('overcookied_errors_total{'));

test('warnings and errors are counted by what they say, and nothing else is', async () => {
  countComplaint(20, 'could not look');
  countComplaint(30, 'stopping');
  countComplaint(40, 'could not say');
  countComplaint(40, 'could not say');
  countComplaint(50, 'it broke');
  expect(await told()).toEqual([
    'overcookied_errors_total{level="warn",cause="could not say",service="test"} 2',
    'overcookied_errors_total{level="error",cause="it broke",service="test"} 1',
  ]);
});

test('texts that are made of data become one time series, and not thousands', async () => {
  for (let i = 0; i < 500; i++) countComplaint(40, `could not find room ${i}`);
  const lines = await told();
  expect(lines.length).toBeLessThan(105);
  const counts = lines.map((line) => Number(line.split(' ').at(-1)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(503);
});
