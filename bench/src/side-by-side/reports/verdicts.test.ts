import { expect, test } from 'vitest';
import { rate, round, sample } from '../sample.ts';
import { verdictsOf } from './verdicts.ts';

const judged = (results = sample) =>
  verdictsOf(results).map(([target, isMet, measured]) => `${isMet ? 'met' : 'not'}: ${target} (${measured})`);

test('judges this system by what was asked for', () => {
  expect(judged()).toEqual([
    "met: Overcookied on Node: p50 at 2,000 clicks/s within 1.2 times the floor's (1.20×)",
    "met: Overcookied on Node: p99 at 2,000 clicks/s within 1.5 times the floor's (1.50×)",
    "met: Overcookied on Bun: p50 at 2,000 clicks/s within 1.2 times the floor's (1.10×)",
    "met: Overcookied on Bun: p99 at 2,000 clicks/s within 1.5 times the floor's (1.30×)",
    "not: Overcookied on Node: processor time a click of the whole system at 4,000 clicks/s at most the floor's (1.01×)",
    "met: Overcookied on Bun: processor time a click of the whole system at 4,000 clicks/s at most 0.7 times the floor's (0.70×)",
    "met: Overcookied on Node: Valkey's bytes a click flat from 2 to 16 gateways, within 1.1 times (1.00×)",
    'not: Overcookied on Node: all matches survive a SIGKILL of a process (97.5 % of 40)',
  ]);
});

test('a median of ratios is judged, and not a ratio of medians', () => {
  const floor = [round(1, 1, 1, 1), round(100, 100, 1, 1), round(1, 1, 1, 1)];
  const node = [round(1.1, 1, 1, 1), round(110, 100, 1, 1), round(9, 1, 1, 1)];
  const [p50] = judged({ ...sample, clicks: [rate(2_000, { floor, node })] });
  expect(p50).toMatch(/^met: .* \(1\.10×\)$/);
});

test('lost clicks make no latency good', () => {
  const [p50, p99] = judged({
    ...sample,
    clicks: [rate(2_000, { floor: [round(1, 1, 1, 1)], node: [{ ...round(1, 1, 1, 1), unseen: 20 }] })],
  });
  expect(p50).toMatch(/^met: /);
  expect(p99).toMatch(/^not: .*∞/);
});

test('judges nothing that was not measured', () => {
  const { place, names, quick, rounds, notes } = sample;
  expect(judged({ place, names, quick, rounds, notes })).toEqual([]);
  expect(judged({ ...sample, names: ['floor', 'original'] })).toEqual([]);
});

test('judges the clock', () => {
  const commands = { sent: 0, inScripts: 0 };
  const clock = {
    most: { matches: 20_000, mostLateMs: 50, isPinned: true, steps: [] },
    traffic: {
      ...{ matches: 1_000, tickers: 1, seconds: 15, bytesIn: 1, bytesOut: 1 },
      byPurpose: { due: commands, advance: commands, result: commands, records: commands, upkeep: commands },
      clock: { sent: 15.1, inScripts: 80 },
    },
  };
  expect(judged({ ...sample, clock }).slice(-2)).toEqual([
    'met: 10,000 matches at once on one ticker core, p99 within 50 ms (20,000)',
    'not: at most 15 commands a match-minute sent to Valkey for the clock (15.1, and 80.0 inside scripts)',
  ]);
});
