import { expect, test } from 'vitest';
import { duration } from './duration.ts';

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1_540, '1.5 s'],
  [12_900, '12 s'],
  [119_999, '119 s'],
  [120_000, '2 min'],
  [3_600_000 * 2, '2 h'],
  [86_400_000 * 3.9, '3 d'],
])('%d ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
