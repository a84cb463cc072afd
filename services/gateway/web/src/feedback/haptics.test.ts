import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Haptics } from './haptics.ts';

let pulses: number[][];
let haptics: Haptics;
const userActivation = { hasBeenActive: true };

beforeEach(() => {
  pulses = [];
  haptics = new Haptics();
  userActivation.hasBeenActive = true;
  vi.stubGlobal('navigator', { userActivation, vibrate: (pattern: number[]) => pulses.push(pattern) });
});
afterEach(() => vi.unstubAllGlobals());

it('tells what happens to whoever plays by touch or not, and of their own clicks by touch alone', () => {
  for (const [byTouch, now] of [
    [true, 0],
    [false, 1_000],
  ] as const) {
    haptics.feel('click', byTouch, now);
    haptics.feel('theirClick', byTouch, now);
    haptics.feel('goldenTheirs', byTouch, now);
  }
  expect(pulses).toEqual([[8], [90], [90]]);
});

it('is not broken off by clicks', () => {
  haptics.feel('goldenMine', true, 0);
  haptics.feel('click', true, 100);
  haptics.feel('click', true, 159);
  expect(pulses).toHaveLength(1);
  haptics.feel('click', true, 160);
  expect(pulses).toHaveLength(2);
});

it('waits for the first tap', () => {
  userActivation.hasBeenActive = false;
  haptics.feel('found', true, 0);
  expect(pulses).toEqual([]);
});

it('does not break where the browser cannot say whether there was a tap', () => {
  vi.stubGlobal('navigator', { vibrate: (pattern: number[]) => pulses.push(pattern) });
  haptics.feel('go', true, 0);
  expect(pulses).toEqual([[60]]);
});
