import { maxNameLength, PlayerName } from '@overcookied/shared/api.ts';
import { describe, expect, it } from 'vitest';
import { formatAgo, formatDuration, formatNumber } from './format.ts';
import { initials, suggestName } from './names.ts';
import { texts } from './texts.ts';

describe('names', () => {
  it('suggests one of two words', () => {
    expect(suggestName(() => 0)).toBe('Brave Bagel');
    expect(suggestName(() => 0.999)).toBe('Witty Waffle');
  });

  it('suggests none that the server would refuse', () => {
    for (const adjective of texts.names.adjectives) {
      for (const pastry of texts.names.pastries) {
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
