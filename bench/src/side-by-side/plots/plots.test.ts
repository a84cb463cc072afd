import { expect, test } from 'vitest';
import { round, sample } from '../sample.ts';
import { colours } from './colours.ts';
import { plotsOf } from './plots.ts';

const plots = plotsOf(sample);

test('each plot is there for light and dark pages, in other colours', () => {
  expect(Object.keys(plots)).toEqual(
    ['summary', 'latency', 'traffic'].flatMap((name) => [`${name}-light.svg`, `${name}-dark.svg`]),
  );
  for (const name of ['summary', 'latency', 'traffic']) {
    expect(plots[`${name}-light.svg`]).toContain('fill="#ffffff"');
    expect(plots[`${name}-dark.svg`]).not.toContain('#ffffff');
    for (const theme of ['light', 'dark'] as const)
      expect(plots[`${name}-${theme}.svg`]).toContain(colours[theme].original);
  }
});

test.each(Object.entries(plots))('%s keeps within itself, and holds no broken number', (_name, svg) => {
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  const [, width = 0, height = 0] = (svg.match(/viewBox="0 0 (\d+) (\d+)"/) ?? []).map(Number);
  const within = (all: RegExp, most: number) => {
    for (const [, value] of svg.matchAll(all)) expect(Number(value) >= 0 && Number(value) <= most).toBe(true);
  };
  within(/ (?:x|cx|x1|x2)="([^"]+)"/g, width);
  within(/ (?:y|cy|y1|y2)="([^"]+)"/g, height);
});

test('bars are as long as what they stand for, Valkey behind the gateways', () => {
  const svg = plotsOf({
    ...sample,
    names: ['floor'],
    clicks: [{ clicksPerSecond: 2_000, rounds: { floor: [round(1, 10, 75, 25)] } }],
  })['summary-light.svg'];
  const bars = [...(svg ?? '').matchAll(/<rect x="([^"]+)" width="([^"]+)"/g)].map(([, x, width]) => [
    Number(x),
    Number(width),
  ]);
  const [[left = 0, gateways = 0] = [], [from = 0, valkey = 0] = []] = bars;
  expect(gateways / valkey).toBeCloseTo(3, 1);
  expect(from).toBeCloseTo(left + gateways, 0);
  // p50 and p99 are a decade apart, of the two decades from 0.1 to 10 ms.
  const [first, second] = [...(svg ?? '').matchAll(/<circle cx="([^"]+)"/g)].map(([, x]) => Number(x));
  expect((second ?? 0) - (first ?? 0)).toBeCloseTo(125, 0);
});

test('who lost clicks is shown to have, and who was not measured is not drawn', () => {
  const svg = plots['summary-dark.svg'] ?? '';
  expect(svg).toContain('2.0 % lost');
  const without = plotsOf({ ...sample, clicks: [{ clicksPerSecond: 2_000, rounds: { floor: [null] } }] });
  expect(without['summary-light.svg']).not.toContain('<circle');
});
