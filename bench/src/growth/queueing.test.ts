import { Random } from '@overcookied/bot/random.ts';
import { expect, test } from 'vitest';
import { inPasses, oneByOne, passCost } from './queueing.ts';

const count = 400_000;

/** Relatively. */
function expectNear(value: number, expected: number, within: number): void {
  expect(Math.abs(value / expected - 1), `${value} is not near ${expected}`).toBeLessThan(within);
}

test('one after the other, they wait as theory has it (M/D/1)', () => {
  const serviceMs = 0.1;
  const at = (busy: number, seed = 1) =>
    oneByOne({ perSecond: (1_000 * busy) / serviceMs, serviceMs, count, random: new Random(seed) });
  // Whoever comes when nobody is there, which is a share of 1 - busy, does not wait at all.
  expect(at(0.3).p50).toBeCloseTo(serviceMs, 6);
  // P(wait ≤ t) = (1 - busy) exp(rate × t) while t is shorter than a service.
  expectNear(at(0.7).p50, serviceMs * (1 + Math.log(0.5 / 0.3) / 0.7), 0.01);
  // The tail falls by exp(-x) in each service, where exp(x) - 1 = x ÷ busy; from (1 - busy) ÷ (busy × exp(x) - 1).
  // Of several runs, since who waits long waits behind others who do.
  const p99 = [1, 2, 3, 4, 5].reduce((sum, seed) => sum + at(0.9, seed).p99, 0) / 5;
  expectNear(p99, serviceMs * (1 + Math.log(0.934 / 0.01) / 0.2071), 0.05);
});

test('a matchmaker that has hardly anything to do takes a pass and a pair for each', () => {
  const cost = { passMs: 0.5, pairMs: 0.1, window: 2_000 };
  const { count: pairs, p50 } = inPasses({ ...cost, joinsPerSecond: 5, count: 2_001, random: new Random(2) });
  expect(pairs).toBe(1_000);
  expect(p50).toBeCloseTo(0.6, 6);
});

test('pairs wait the longer the faster players join, and all the longer near the end', () => {
  const [passMs, pairMs] = [2, 0.15];
  const p99 = [1_000, 6_000, 12_000, 13_200].map(
    (joinsPerSecond) =>
      inPasses({ passMs, pairMs, joinsPerSecond, window: 2_000, count, random: new Random(3) }).p99,
  );
  for (const [i, value] of p99.entries()) expect(value).toBeGreaterThan(p99[i - 1] ?? 0);
  // Beyond 2 ÷ pairMs a second there is no end to it.
  const tooFast = { passMs, pairMs, joinsPerSecond: 16_000, window: 2_000, random: new Random(3) };
  const [some, more] = [count / 4, count].map((of) => inPasses({ ...tooFast, count: of }).p99);
  expect(more).toBeGreaterThan(3 * (some ?? Number.NaN));
});

test('a small window makes more passes of the same work', () => {
  const rest = { passMs: 5, pairMs: 0.1, joinsPerSecond: 8_000, count, random: new Random(4) };
  // 30 pairs in 8 ms are fewer than come.
  expect(inPasses({ ...rest, window: 60 }).p50).toBeGreaterThan(2 * inPasses({ ...rest, window: 2_000 }).p50);
});

test('both ends tell a pass from its pairs', () => {
  const drain = (passes: number, pairs: number) => ({
    passes,
    pairs,
    seconds: 0.002 * passes + 1e-4 * pairs,
  });
  const { passMs, pairMs } = passCost(2.1, drain(900, 500_000));
  expect(passMs).toBeCloseTo(2, 6);
  expect(pairMs).toBeCloseTo(0.1, 6);
  expect(() => passCost(60, drain(900, 500_000))).toThrow(/quiet machine/);
  expect(() => passCost(0.05, drain(900, 500_000))).toThrow(/quiet machine/);
});
