import { expect, test } from 'vitest';
import { middleOf, ratioOf } from './rounds.ts';

test('the middle of an odd and of an even number of rounds', () => {
  expect(middleOf([10, 2, 9])).toEqual({ median: 9, least: 2, most: 10 });
  expect(middleOf([4, 1, 3, 100])).toEqual({ median: 3.5, least: 1, most: 100 });
  expect(middleOf([7])).toEqual({ median: 7, least: 7, most: 7 });
  expect(() => middleOf([])).toThrow('nothing was measured');
});

test('a ratio goes by what was measured in the same round', () => {
  // Everything took ten times as long in the second round.
  expect(ratioOf([20, 300, 20], [10, 100, 10])).toEqual({ median: 2, least: 2, most: 3 });
  expect(() => ratioOf([1, 2], [1])).toThrow('a round is missing');
});
