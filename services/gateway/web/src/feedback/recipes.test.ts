import { expect, it } from 'vitest';
import { cueNames, type Recipe, recipeFor } from './recipes.ts';

const dice = [0, 0.3, 0.7, 0.999];
const pitch = ({ voices }: Recipe) => voices[0]?.hz ?? 0;
const click = (level: number, dice = 0.5) => recipeFor({ name: 'click', level }, () => dice);

it('has something for each cue, whatever the dice say', () => {
  for (const name of cueNames) {
    for (const level of [0, 0.5, 1]) {
      for (const die of dice) {
        const { voices } = recipeFor({ name, level }, () => die);
        expect(voices.length, name).toBeGreaterThan(0);
        for (const { hz, peak, length } of voices) {
          // What a small loudspeaker can play, and an ear wants to hear.
          expect(hz, name).toBeGreaterThan(60);
          expect(hz, name).toBeLessThan(4_000);
          expect(peak, name).toBeLessThanOrEqual(0.7);
          expect(length, name).toBeGreaterThan(0);
        }
      }
    }
  }
});

it('has clicks rise with their speed, and differ a little from each other', () => {
  expect(pitch(click(1)) / pitch(click(0))).toBeGreaterThan(1.5);
  expect(click(1).voices[0]?.peak).toBeLessThan(click(0).voices[0]?.peak ?? 0);
  expect(new Set(dice.map((die) => pitch(click(0.5, die)))).size).toBe(dice.length);
});

it('has at most ten of the opponent’s clicks a second', () => {
  expect(recipeFor({ name: 'theirClick', level: 0 }).rest).toBe(0.1);
});
