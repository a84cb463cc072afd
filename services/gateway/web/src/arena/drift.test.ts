import { expect, it } from 'vitest';
import { drift, stops } from './drift.ts';

const seeds = Array.from({ length: 200 }, (_, i) => i);
const start = { x: 5, y: 95 };

it('begins where the server says, and rests there long enough to be seen', () => {
  expect(stops(start, 1)[0]).toMatchObject({ ...start, from: 0 });
  expect(stops(start, 1)[0]?.until).toBeGreaterThan(500);
});

it('never leaves the field', () => {
  for (const { x, y } of seeds.flatMap((seed) => stops(start, seed))) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(5);
    expect(Math.max(x, y)).toBeLessThanOrEqual(95);
  }
});

it('is the same way for both players, and another for the next cookie', () => {
  expect(stops(start, 7)).toEqual(stops(start, 7));
  expect(stops(start, 7)).not.toEqual(stops(start, 8));
});

it('goes far enough to be chased, and slowly enough to be caught', () => {
  for (const seed of seeds) {
    const way = stops(start, seed);
    for (const [i, to] of way.entries()) {
      const from = way[i - 1];
      if (!from) continue;
      const far = Math.hypot(to.x - from.x, to.y - from.y);
      expect(far).toBeGreaterThanOrEqual(20);
      expect(far / (to.from - from.until)).toBeLessThan(0.04);
    }
  }
});

it('is told in px from where the cookie lies', () => {
  const [keyframes, { duration }] = drift({ x: 50, y: 50 }, 3, { width: 200, height: 400 });
  expect(keyframes[0]?.transform).toBe('translate(0.0px, 0.0px)');
  const { x, y } = stops({ x: 50, y: 50 }, 3)[1] ?? { x: 0, y: 0 };
  const [, across, down] = String(keyframes[2]?.transform).match(/\((\S+)px, (\S+)px\)/) ?? [];
  expect(Number(across)).toBeCloseTo((x - 50) * 2, 0);
  expect(Number(down)).toBeCloseTo((y - 50) * 4, 0);
  expect(keyframes.at(-1)?.offset).toBe(1);
  expect(duration).toBeGreaterThan(10_000);
});
