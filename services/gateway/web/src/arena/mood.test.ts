import { expect, it } from 'vitest';
import { attractionOf, gazeAt, type Mood, moodOf, type Sight } from './mood.ts';

const calm: Sight = {
  isPlaying: true,
  isOver: false,
  isLonely: false,
  isHurry: false,
  isGolden: false,
  heat: 0,
};

it.each<[string, Partial<Sight>, Mood]>([
  ['waits for the start', { isPlaying: false }, 'eager'],
  ['likes being baked', {}, 'happy'],
  ['is tickled by quick fingers', { heat: 2 }, 'giggling'],
  ['misses whoever is away', { isLonely: true }, 'puzzled'],
  ['fears the end', { isHurry: true, heat: 3 }, 'alarmed'],
  ['loves gold more than it fears the end', { isHurry: true, isGolden: true }, 'starry'],
  ['has had enough', { isPlaying: false, isOver: true, isGolden: true }, 'dizzy'],
])('%s', (_, sight, mood) => {
  expect(moodOf({ ...calm, ...sight })).toBe(mood);
});

it.each([
  [
    { x: 50, y: 50 },
    { x: 0, y: 0 },
  ],
  [
    { x: 70, y: 50 },
    { x: 0.5, y: 0 },
  ],
  [
    { x: 100, y: 50 },
    { x: 1, y: 0 },
  ],
  [
    { x: 0, y: 50 },
    { x: -1, y: 0 },
  ],
])('looks from the middle to %o', (at, gaze) => {
  expect(gazeAt(at)).toEqual(gaze);
});

it('never rolls its eyes out of its head', () => {
  const { x, y } = gazeAt({ x: 100, y: 100 });
  expect(Math.hypot(x, y)).toBeCloseTo(1);
});

it('is drawn by gold, else to whoever is ahead', () => {
  expect(attractionOf({ x: 10, y: 20 }, 'mine')).toEqual({ x: 10, y: 20 });
  expect(attractionOf(undefined, 'mine')?.x).toBe(0);
  expect(attractionOf(undefined, 'theirs')?.x).toBe(100);
  expect(attractionOf(undefined, undefined)).toBeUndefined();
});
