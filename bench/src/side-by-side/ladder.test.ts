import { expect, test } from 'vitest';
import { limitsOf, nextRate, rungs, type Tried, triesToFind } from './ladder.ts';

test('finds between which two rungs the limit is, wherever it is', () => {
  for (const limit of [0, 999, 1_000, 1_001, 5_000, 17_123, 31_999, 32_000, 1e6]) {
    const tried: Tried[] = [];
    for (let i = 0; i < triesToFind; i++) {
      const clicksPerSecond = nextRate(tried);
      if (clicksPerSecond !== undefined) tried.push({ clicksPerSecond, holds: clicksPerSecond <= limit });
    }
    expect(nextRate(tried)).toBeUndefined();
    const { holds, fails } = limitsOf(tried);
    expect(holds).toBe(rungs.findLast((rate) => rate <= limit));
    expect(fails).toBe(rungs.find((rate) => rate > limit));
  }
});

test('rungs are less than a fifth apart', () => {
  expect([rungs[0], rungs.at(-1)]).toEqual([1_000, 32_000]);
  for (const [i, rate] of rungs.slice(1).entries()) expect(rate / (rungs[i] ?? 0)).toBeLessThan(1.2);
});

test('what held above a rate that did not counts for nothing', () => {
  const tried = [
    { clicksPerSecond: 2_000, holds: false },
    { clicksPerSecond: 4_000, holds: true },
    { clicksPerSecond: 1_000, holds: true },
  ];
  expect(limitsOf(tried)).toEqual({ holds: 1_000, fails: 2_000 });
});
