import { expect, test } from 'vitest';
import type { Drain } from './drain.ts';
import { drainReport, latencyReport } from './report.ts';

const spread = (p50: number, p99: number) => ({ count: 100, p50, p95: p99, p99, p999: p99, max: p99 });
const latency = (joinsPerSecond: number, p50: number, p99: number) => ({
  joinsPerSecond,
  joins: 1_000,
  passes: 500,
  lateness: spread(0, 1),
  all: spread(20, 90),
  completing: spread(p50, p99),
  other: spread(p50, p99),
  wrongRooms: 0,
  untold: 0,
});

const drain = (players: number, seconds: number, cpuSeconds: number, slow: Drain['slow'] = []): Drain => ({
  matchmakers: 1,
  players,
  times: 1,
  pairs: players / 2,
  seconds,
  matchmakerCpuSeconds: cpuSeconds / 2,
  valkeyCpuSeconds: cpuSeconds / 2,
  passes: 10,
  slow,
});

test('judges latency at 50 joins a second only', () => {
  const report = latencyReport([latency(50, 4, 60), latency(500, 400, 900)]);
  expect(report).toMatch(/- met: p50 .* \(4\.00\)/);
  expect(report).toMatch(/- \*\*not met\*\*: p99 under 50 ms \(60\.0\)/);
  expect(latencyReport([latency(1, 400, 900)])).not.toContain('met');
});

test('judges how fast the longest queue is drained, and at what cost', () => {
  const good = drainReport([drain(1_000, 0.1, 0.1), drain(100_000, 8, 11)]);
  expect(good).toContain('| 1, 100,000           |     1 |   6,250 |');
  expect(good).toMatch(/- met: .*at least 5,000 pairs\/s \(6,250\)/);
  expect(good).toMatch(/- met: no command holds Valkey longer than 5 ms \(none\)/);
  expect(good).toMatch(/- met: .*flat from 1,000 to 100,000, .*\(1\.10 times\)/);
  const bad = drainReport([drain(1_000, 0.1, 0.1), drain(100_000, 20, 15, [{ name: 'slow_one', ms: 6 }])]);
  expect(bad.match(/\*\*not met\*\*/g)).toHaveLength(3);
  expect(bad).toMatch(/\| slow_one +\| +1 \| +1 \| +6\.00 \| 6\.00 \|/);
});
