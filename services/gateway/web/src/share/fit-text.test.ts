import { expect, it } from 'vitest';
import { fitText } from './fit-text.ts';

/** Every UTF-16 unit is one wide. */
const measure = (text: string) => text.length;

it.each([
  ['Ada', 3, 'Ada'],
  ['Ada Lovelace', 8, 'Ada Lov…'],
  ['Ada Lovelace', 5, 'Ada…'],
  ['Ada', 0, '…'],
  ['', 0, ''],
  ['שרה אמנו', 5, 'שרה…'],
])('"%s" in a width of %i is "%s"', (text, width, fitted) => {
  expect(fitText(text, width, measure)).toBe(fitted);
});

it('does not cut a letter apart', () => {
  expect(fitText('👩‍🍳👩‍🍳', 9, measure)).toBe('👩‍🍳…');
  expect(fitText('e\u0301e\u0301', 3, measure)).toBe('e\u0301…');
});
