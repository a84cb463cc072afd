import { expect, test } from 'vitest';
import { BadFrames } from './bad-frames.ts';

test('the twentieth within a minute is one too many', () => {
  const badFrames = new BadFrames();
  const verdicts = Array.from({ length: 20 }, (_, i) => badFrames.add(i * 3_000));
  expect(verdicts).toEqual([...Array(19).fill(false), true]);
});

test('those of more than a minute ago do not count', () => {
  const badFrames = new BadFrames();
  for (let i = 0; i < 100; i++) expect(badFrames.add(i * 3_200)).toBe(false);
});
