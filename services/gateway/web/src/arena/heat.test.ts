import { expect, it } from 'vitest';
import { cold, type Heat, heated, heatLevel } from './heat.ts';

/** The heat after so many seconds of so many clicks each, and when that is. */
function clicked(rate: number, seconds: number): [Heat, number] {
  let heat = cold;
  let now = 0;
  for (let i = 0; i < rate * seconds; i++) {
    now = (i * 1_000) / rate;
    heat = heated(heat, now);
  }
  return [heat, now];
}

it.each([
  [3, 0],
  [6, 1],
  [9, 2],
  [14, 3],
])('%i clicks a second make it %i', (rate, level) => {
  expect(heatLevel(...clicked(rate, 5))).toBe(level);
});

it('takes more than a few quick clicks', () => {
  expect(heatLevel(...clicked(14, 0.3))).toBe(0);
});

it('cools by itself', () => {
  const [heat, now] = clicked(14, 5);
  expect(heatLevel(heat, now + 700)).toBe(2);
  expect(heatLevel(heat, now + 3_000)).toBe(0);
  expect(heated(heat, now + 3_000).level).toBe(0);
});

it.each([4, 5, 7, 8, 10, 12])('does not flicker between clicks at a steady %d a second', (rate) => {
  let [heat, now] = clicked(rate, 6);
  const levels = new Set<number>();
  for (let i = 0; i < 40; i++) {
    for (let part = 0; part < 10; part++) levels.add(heatLevel(heat, now + (part * 100) / rate));
    now += 1_000 / rate;
    heat = heated(heat, now);
  }
  expect(levels.size).toBe(1);
});

it('is not made hotter by a clock that was set back', () => {
  const heat = heated(cold, 10_000);
  expect(heated(heat, 5_000).clicks).toBe(2);
});
