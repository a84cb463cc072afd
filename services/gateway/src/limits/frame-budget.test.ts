import { expect, test } from 'vitest';
import { FrameBudget } from './frame-budget.ts';

/** What becomes of frames at this rate, a second, for so many seconds. */
function send(perSecond: number, seconds: number, budget = new FrameBudget(60, 600, 0), from = 0) {
  const verdicts = { ok: 0, over: 0, enough: 0 };
  for (let i = 1; i <= perSecond * seconds; i++) verdicts[budget.take(from + (i * 1_000) / perSecond)]++;
  return verdicts;
}

test('the fastest clicking that counts, for a whole match and with all that was held up before it, is not felt', () => {
  const budget = new FrameBudget(60, 600, 0);
  for (let i = 0; i < 30 + 20 * 10; i++) expect(budget.take(0)).toBe('ok');
  expect(send(20, 60, budget)).toEqual({ ok: 1_200, over: 0, enough: 0 });
});

test('beyond it frames are refused, and those that fit are done', () => {
  const { ok, over, enough } = send(100, 60);
  expect(ok).toBeGreaterThanOrEqual(60 * 60);
  expect(ok).toBeLessThanOrEqual(60 * 60 + 600);
  expect(over).toBe(6_000 - ok);
  expect(enough).toBe(0);
});

test('whoever goes on with many more is not put up with', () => {
  const { over, enough } = send(1_000, 10);
  expect(enough).toBeGreaterThan(0);
  expect(over).toBeLessThan(600 + 10 * 60 + 1);
});

test('a pause makes good again', () => {
  const budget = new FrameBudget(60, 600, 0);
  send(1_000, 3, budget);
  expect(send(20, 1, budget, 13_000)).toEqual({ ok: 20, over: 0, enough: 0 });
});
