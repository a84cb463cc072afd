import { maxNameLength, PlayerName } from '@overcookied/shared/api.ts';
import { describe, expect, it } from 'vitest';
import { formatAgo, formatDelta, formatDuration, formatNumber, formatWait } from './format.ts';
import { initials, suggestName } from './names.ts';
import { texts } from './texts/texts.ts';

describe('names', () => {
  it('suggests one of two words', () => {
    expect(suggestName(() => 0)).toBe('Brave Bagel');
    expect(suggestName(() => 0.999)).toBe('Witty Waffle');
  });

  it('suggests none that the server would refuse', () => {
    for (const adjective of texts.value.names.adjectives) {
      for (const pastry of texts.value.names.pastries) {
        const name = `${adjective} ${pastry}`;
        expect(PlayerName.parse(name)).toBe(name);
        expect(name.length).toBeLessThanOrEqual(maxNameLength);
      }
    }
  });

  it.each([
    ['Brave Brioche', 'BB'],
    ['mia', 'M'],
    ['Anna Lena Meyer', 'AM'],
    ['🍪 monster', '🍪M'],
    ['Crumbs (bot)', 'CB'],
    ['', ''],
  ])('shortens %s to %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

describe('numbers and times', () => {
  it('reads well', () => {
    expect(formatNumber(12_345)).toBe('12,345');
    expect(formatDuration(0)).toBe('0:00');
    expect(formatDuration(75)).toBe('1:15');
  });

  it.each([
    [12, '+12'],
    [-8, '−8'],
    [0, '±0'],
    [1_200, '+1,200'],
  ])('a rating that changes by %i changes by "%s"', (points, words) => {
    expect(formatDelta(points)).toBe(words);
  });

  it.each([
    [0, '1 s'],
    [400, '1 s'],
    [3_400, '3 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [150_000, '3 min'],
  ])('a wait of %i ms takes about %s', (ms, words) => {
    expect(formatWait(ms)).toBe(words);
  });

  it.each([
    [0, 'now'],
    [-3, 'now'],
    [59, 'now'],
    [60, '1 min. ago'],
    [3_600, '1 hr. ago'],
    [86_400, 'yesterday'],
    [200_000, '2 days ago'],
  ])('%i seconds ago is "%s"', (seconds, words) => {
    expect(formatAgo(1_000_000 - seconds, 1_000_000)).toBe(words);
  });
});
