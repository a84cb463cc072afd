import { expect, test } from 'vitest';
import { figure, paragraph, percent, table } from './markdown.ts';

test('a table is aligned, its figures to the right', () => {
  expect(
    table(
      ['name', 'n'],
      [
        ['a', '1'],
        ['longer', '12,345'],
      ],
    ),
  ).toBe('| name   |      n |\n| ------ | -----: |\n| a      |      1 |\n| longer | 12,345 |\n');
});

test('figures', () => {
  expect(figure(12_345.6)).toBe('12,346');
  expect(figure(2, 1)).toBe('2.0');
  expect(percent(1, 3)).toBe('33.33 %');
  expect(percent(1, 0)).toBe('–');
});

test('a paragraph is wrapped, and a word that is too long has a line of its own', () => {
  const long = 'x'.repeat(130);
  expect(paragraph(`${'w '.repeat(70)}\n${long} end`).split('\n')).toEqual([
    'w '.repeat(60).trim(),
    'w '.repeat(10).trim(),
    long,
    'end',
  ]);
});
