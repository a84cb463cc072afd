import { expect, test } from 'vitest';
import { Tries } from './tries.ts';

test('ten wrong passwords use an address up for the rest of the minute, and no other', () => {
  const tries = new Tries();
  for (let i = 0; i < 10; i++) {
    expect(tries.areUsedUp('a', 1_000 + i)).toBe(false);
    tries.failed('a', 1_000 + i);
  }
  expect(tries.areUsedUp('a', 2_000)).toBe(true);
  expect(tries.areUsedUp('b', 2_000)).toBe(false);
  expect(tries.secondsLeft(2_000)).toBe(59);
  expect(tries.areUsedUp('a', 60_999)).toBe(true);
  expect(tries.areUsedUp('a', 61_000)).toBe(false);
  tries.failed('a', 61_000);
  expect(tries.areUsedUp('a', 61_001)).toBe(false);
});

test('from so many addresses that they cannot be told apart any more none is looked at', () => {
  const tries = new Tries();
  for (let i = 0; i < 5_000; i++) if (!tries.areUsedUp(`${i}`, 0)) tries.failed(`${i}`, 0);
  expect(tries.areUsedUp('one more', 0)).toBe(true);
  expect(tries.areUsedUp('7', 0)).toBe(false);
  expect(tries.areUsedUp('one more', 60_000)).toBe(false);
});
