import { expect, test } from 'vitest';
import type { ClicksRound } from '../contenders/clicks.ts';
import { gatewayReport, type Measured } from './report.ts';

const spread = (p50: number, p99: number) => ({ count: 100, p50, p95: p99, p99, p999: p99, max: p99 });
const round = (
  p50: number,
  p99: number,
  gatewayUs: number,
  over: Partial<ClicksRound> = {},
): ClicksRound => ({
  ...{ clicks: 100, unseen: 0, clicksPerSecond: 2_000, valkeyUs: 50 },
  ...{ latency: spread(p50, p99), late: spread(0.1, 0.2), gatewayUs },
  ...over,
});
const floor: Measured = {
  name: 'floor',
  memory: [{ idleKb: 8, inMatchKb: 10 }],
  clicks: [round(0.4, 2, 100), round(4, 20, 300)],
};

test('tells figures, their spread and how many times the floor they are', () => {
  const node: Measured = {
    name: 'node',
    memory: [{ idleKb: 13, inMatchKb: 20 }],
    clicks: [round(0.5, 3, 150), round(5, 30, 450)],
  };
  const report = gatewayReport([floor, node]);
  expect(report).toMatch(/kB an idle socket +\| +8\.0 \(8\.0–8\.0\) \| 13\.0 \(13\.0–13\.0\), 1\.63× \|/);
  expect(report).toMatch(/µs a click +\| +200 \(100–300\) \| +300 \(150–450\), 1\.50× \|/);
  expect(report).toMatch(/- met: gateway on Node: p50 at 2,000 clicks\/s within 1\.3 .* \(1\.25×\)/);
  expect(report).toMatch(/- met: gateway on Node: p99 .* \(1\.50×\)/);
  expect(report).toMatch(/- \*\*not met\*\*: gateway on Node: an idle socket .* \(1\.63×\)/);
});

test('on Bun it is to be below the floor', () => {
  const clicks = [round(1, 9, 90), round(9, 90, 320)];
  const report = gatewayReport([floor, { name: 'bun', memory: [{ idleKb: 3, inMatchKb: 7 }], clicks }]);
  expect(report).toMatch(/- met: gateway on Bun: an idle socket below .* \(0\.38×\)/);
  expect(report).toMatch(/- met: gateway on Bun: processor time .* \(0\.98×\)/);
  expect(report).not.toMatch(/not met/);
});

test('judges nothing that was not measured', () => {
  const clicks = [round(1, 9, 90, { clicksPerSecond: 500 })];
  const report = gatewayReport([
    { ...floor, memory: [], clicks },
    { name: 'node', memory: [], clicks },
  ]);
  expect(report).not.toMatch(/met/);
  expect(report).not.toMatch(/kB/);
});

test('tells of clicks that nobody saw, and of a load that fell behind', () => {
  const clicks = [round(1, 9, 90, { unseen: 3 }), round(1, 9, 90, { late: spread(1, 6) })];
  const report = gatewayReport([floor, { ...floor, name: 'deno', clicks }]);
  expect(report).toContain('gateway on Deno, 2,000 clicks/s: 3 clicks were never seen');
  expect(report).toContain('the load was late itself, p99 over 5 ms, in 1 of 2 rounds');
});
