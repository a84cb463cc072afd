import { expect, test } from 'vitest';
import { Deeds, wrongResult } from './score.ts';

test('no more points than clicks with different numbers, and claims', () => {
  const deeds = new Deeds();
  deeds.click({ first: 1, last: 3 }, true);
  deeds.click({ first: 2, last: 4 }, true);
  deeds.click('unnumbered', false);
  deeds.claim();
  expect(deeds.wrong(1_005, true)).toBeUndefined();
  expect(deeds.wrong(1_006, true)).toContain('5 clicks');
  expect(deeds.wrong(2_005, true)).toContain('1 claims');
});

test('no fewer than what counts for sure, where that is known', () => {
  const deeds = new Deeds();
  deeds.click('unnumbered', true);
  deeds.click('unnumbered', false);
  expect(deeds.wrong(0, true)).toContain('1 clicks that must count');
  expect([deeds.wrong(0, false), deeds.wrong(1, true)]).toEqual([undefined, undefined]);
});

test('no more than the rules allow', () => {
  const deeds = new Deeds();
  for (let i = 0; i < 500; i++) deeds.click('unnumbered', false);
  expect(deeds.wrong(110, false)).toBeUndefined();
  expect(deeds.wrong(111, false)).toContain('110 clicks');
});

test('who has more wins', () => {
  const ids = { p1: 'a', p2: 'b' };
  const result = { winner: 'a', reason: '', p1Score: 2, p2Score: 1 };
  expect(wrongResult(result, ids)).toBeUndefined();
  expect(wrongResult({ ...result, winner: 'draw' }, ids)).toContain('draw wins');
  expect(wrongResult({ ...result, winner: 'draw', reason: 'quit' }, ids)).toContain('quit');
});
