import { expect, test } from 'vitest';
import type { ClockResult } from './measure.ts';
import { clockReport, pinned } from './report.ts';

const spread = (count: number, p99: number) => ({ count, p50: 1, p95: p99, p99, p999: p99, max: p99 });
const result = (matches: number, over: Partial<ClockResult> = {}): ClockResult => ({
  matches,
  tickers: 1,
  seed: 1,
  seconds: 10,
  tickerCpuSeconds: 2,
  valkeyCpuSeconds: 1,
  idle: { seconds: 5, tickerCpuSeconds: 0.05, valkeyCpuSeconds: 0.01 },
  spawns: spread(9_000, 12),
  ends: spread(1_000, 60),
  endsHeard: spread(1_000, 61),
  early: 0,
  miscounted: 0,
  on: matches,
  ownMs: { p50: 2.5, p99: 10, p999: 25 },
  inVain: 100,
  recorded: 1_000,
  tickerBytes: 150 * 2 ** 20,
  valkeyBytes: 30 * 2 ** 20,
  bench: spread(1_000, 2),
  ...over,
});

test('judges golden cookies and ends at 10,000 matches only', () => {
  const report = clockReport([result(10_000)]);
  expect(report).toMatch(/- met: golden cookies at 10,000 matches: p99 within 50 ms .* \(12\.0\)/);
  expect(report).toMatch(/- \*\*not met\*\*: ends: p99 within 50 ms .* \(60\.0\)/);
  expect(clockReport([result(20_000)])).not.toContain('p99 within 50 ms');
});

test('tells rates, shares and costs', () => {
  const report = clockReport([result(10_000), result(20_000, { inVain: undefined })]);
  expect(report).toMatch(/a second +\| +900, 100 \|/);
  expect(report).toMatch(/share of their core +\| +20\.0 % \|/);
  expect(report).toMatch(/µs an event: tickers +\| +200 \|/);
  expect(report).toMatch(/looks in vain +\| +1\.00 % \| +– \|/);
});

test('whatever is early or miscounted is told', () => {
  expect(clockReport([result(1_000, { early: 1, miscounted: 2 })])).toMatch(
    /- \*\*not met\*\*: 1,000 matches: nothing early, nothing twice \(3\)/,
  );
});

test('a bench that cannot follow says so, and judges nothing by what it heard', () => {
  const report = clockReport([result(80_000, { early: 9_000, bench: spread(1_000, 3_000) })]);
  expect(report).toContain('80,000 matches are more than the bench can follow');
  expect(report).not.toContain('nothing early');
});

test('says when nothing is pinned', () => {
  const cores = { services: 1, rest: 0 };
  expect(pinned(cores, true, true)).toMatch(/tickers were pinned to core 1, .* went before everything else/);
  expect(pinned(cores, false, true)).toMatch(/Nothing was pinned/);
  expect(pinned(cores, true, false)).toMatch(/had to wait for other processes/);
});
