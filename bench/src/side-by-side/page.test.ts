import { expect, test } from 'vitest';
import { pageOf } from './page.ts';
import { plotsOf } from './plots/plots.ts';
import { costReport, latencyReport } from './reports/clicks.ts';
import { survivalReport } from './reports/survival.ts';
import { trafficReport } from './reports/traffic.ts';
import { rate, round, sample } from './sample.ts';

const { clicks = [], traffic = [], survival = {}, names } = sample;

test('tells figures, their spread, and how many times the floor of the same round they are', () => {
  const report = latencyReport(clicks, names);
  expect(report).toMatch(/\| floor +\| +5\.50 \(1\.00–10\.0\) \|/);
  expect(report).toMatch(/\| Overcookied on Node +\| +6\.60 \(1\.20–12\.0\), 1\.20× \|/);
  // Only its first round is there, and is held against the floor's first.
  expect(report).toMatch(/\| the original's design +\| +20\.0, 20\.0× \| +200, 100× \|/);
  expect(costReport(clicks, names)).toMatch(/\| Overcookied on Bun .*440 \(80–800\), 0\.80× \|/);
});

test('tells what was lost, and where the load was late itself', () => {
  const late = { ...round(1, 2, 80, 20), late: { ...round(1, 2, 0, 0).late, p99: 6 } };
  const report = latencyReport([...clicks, rate(500, { floor: [late] })], names);
  expect(report).toMatch(/\| the original's design .* 2\.00 % \|/);
  expect(report).toContain(
    '- floor, 500 clicks a second: the load was late itself, p99 over 5 ms, in 1 of 1 rounds.',
  );
});

test('traffic is flat or not', () => {
  const report = trafficReport(traffic, names);
  expect(report).toMatch(/\| Overcookied on Node +\| +300 \| +300 \| +yes \|/);
  expect(report).toMatch(/\| the original's design +\| +600 \| +4,800 \| +no, 8\.00× \|/);
});

test('what survives is told of all rounds together, and of no score where none is kept', () => {
  const report = survivalReport(survival, names);
  expect(report).toMatch(/\| Overcookied on Node +\| +40 \| +100\.0 % \| +97\.5 % \| +200 \| +99\.50 % \|/);
  expect(report).toMatch(/\| floor +\| +20 \| +100\.0 % \| +no score \|/);
  expect(report).toMatch(/\| the original's design +\| +– \|/);
});

test('the page says where, when and on what, and shows the plots that there are', () => {
  const page = pageOf(sample, Object.keys(plotsOf(sample)));
  expect(page).toContain('2026-01-02 03:04 UTC, 20 minutes, commit abc1234. 2 cores.');
  expect(page).toContain('node 24.0.0, ws 8.0.0');
  expect(page).toContain('src="latency-light.svg"');
  expect(page).not.toContain('quick');
  const quick = pageOf({ ...sample, quick: true, notes: ['Something broke.'] }, []);
  expect(quick).toContain('**This is from `--quick`');
  expect(quick).toContain('- **Something broke.**');
  expect(quick).not.toContain('<picture>');
});
