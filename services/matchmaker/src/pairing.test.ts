import { expect, test } from 'vitest';
import { pair } from './pairing.ts';

const waiting = (...ids: string[]) => ids.map((id, i) => ({ id, since: i }));

test('pairs in the order of joining', () => {
  expect(pair(waiting('a', 'b', 'c', 'd'))).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('leaves the newest over when the number is odd', () => {
  expect(pair(waiting('a', 'b', 'c'))).toEqual([['a', 'b']]);
  expect(pair(waiting('a'))).toEqual([]);
  expect(pair([])).toEqual([]);
});

test('does not depend on the order of its input, not even among equals', () => {
  const players = ['e', 'b', 'd', 'a', 'c', 'f'].map((id) => ({ id, since: 7 }));
  expect(pair(players)).toEqual(pair(players.toReversed()));
});
