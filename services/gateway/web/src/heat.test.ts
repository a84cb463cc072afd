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
  expect(heatLevel(heat, now + 400)).toBeLessThan(3);
  expect(heatLevel(heat, now + 3_000)).toBe(0);
});

it('is not made hotter by a clock that was set back', () => {
  const heat = heated(cold, 10_000);
  expect(heated(heat, 5_000).clicks).toBe(2);
});
