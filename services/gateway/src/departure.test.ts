import { expect, test } from 'vitest';
import { dueBy, spread } from './departure.ts';

test('as many are due as is the part of the time that has passed', () => {
  expect([0, 99, 100, 500, 999, 1_000, 5_000].map((elapsed) => dueBy(elapsed, 10, 1_000))).toEqual([
    1, 1, 2, 6, 10, 10, 10,
  ]);
  expect(dueBy(0, 10, 0)).toBe(10);
});

test('everybody leaves once, in order and evenly', async () => {
  const left: { who: number; at: number }[] = [];
  const beganAt = performance.now();
  await spread(
    Array.from({ length: 200 }, (_, i) => i),
    500,
    (who) => left.push({ who, at: performance.now() - beganAt }),
  );
  expect(left.map(({ who }) => who)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  // None before its time, whatever else the machine does.
  for (const { who, at } of left) expect(at).toBeGreaterThan((who / 200) * 500 - 5);
  expect(left.at(-1)?.at).toBeGreaterThan(480);
});

test('where there is nobody it takes no time', async () => {
  const beganAt = performance.now();
  await spread([], 60_000, () => {});
  await spread([1, 2, 3], 0, () => {});
  expect(performance.now() - beganAt).toBeLessThan(1_000);
});
