import { maxNameLength, PlayerName } from '@overcookied/shared/api.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { formatAgo, formatDelta, formatDuration, formatNumber, formatWait } from './format.ts';
import { initials, suggestName } from './names.ts';
import { settings } from './state/settings.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';
import { chooseLanguage, type Language } from './texts/languages.ts';
import { texts } from './texts/texts.ts';

const speak = (language: Language) => {
  settings.chosenLanguage.value = language;
};
afterEach(() => {
  settings.chosenLanguage.value = undefined;
});

describe('names', () => {
  it.each([
    ['en', 'Brave Bagel', 'Witty Waffle'],
    ['de', 'Flinker Bagel', 'Wilder Zwieback'],
  ] as const)('suggests one of two words in %s', (language, first, last) => {
    speak(language);
    expect(suggestName(() => 0)).toBe(first);
    expect(suggestName(() => 0.999)).toBe(last);
  });

  it.each([['en'], ['de']] as const)('suggests none in %s that the server would refuse', (language) => {
    speak(language);
    const { adjectives, pastries } = texts.value.names;
    for (const name of adjectives.flatMap((adjective) =>
      pastries.map((pastry) => `${adjective} ${pastry}`),
    )) {
      expect(PlayerName.parse(name)).toBe(name);
      expect(name.length).toBeLessThanOrEqual(maxNameLength);
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
  it.each([
    ['en', '12,345', '+1,200'],
    ['de', '12.345', '+1.200'],
  ] as const)('reads well in %s', (language, number, delta) => {
    speak(language);
    expect(formatNumber(12_345)).toBe(number);
    expect(formatDelta(1_200)).toBe(delta);
    expect(formatDuration(0)).toBe('0:00');
    expect(formatDuration(75)).toBe('1:15');
  });

  it.each([
    [12, '+12'],
    [-8, '−8'],
    [0, '±0'],
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
    [0, 'now', 'jetzt'],
    [-3, 'now', 'jetzt'],
    [59, 'now', 'jetzt'],
    [60, '1 min. ago', 'vor 1 Min.'],
    [3_600, '1 hr. ago', 'vor 1 Std.'],
    [86_400, 'yesterday', 'gestern'],
    [200_000, '2 days ago', 'vorgestern'],
  ])('%i seconds ago is "%s" or "%s"', (seconds, english, german) => {
    for (const [language, words] of [
      ['en', english],
      ['de', german],
    ] as const) {
      speak(language);
      expect(formatAgo(1_000_000 - seconds, 1_000_000)).toBe(words);
    }
  });
});

describe('the language', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['DE'], 'de'],
    [['fr', 'de-CH', 'en'], 'de'],
    [['en-GB', 'de'], 'en'],
    [['fr', 'pl'], 'en'],
    [['constructor'], 'en'],
    [[], 'en'],
  ] as const)('for who reads %s is %s', (wanted, language) => {
    expect(chooseLanguage(wanted)).toBe(language);
  });
});

/** A text, or what makes one of what is put in; of an object or a list, all that are in it. */
type Catalogue = string | ((...args: never[]) => string) | readonly string[] | { [key: string]: Catalogue };

/** Every text of a catalogue by its place in it, for instance `arena.go`; what makes one is given sevens. */
function* textsOf(catalogue: Catalogue, place = ''): Generator<[place: string, text: string]> {
  if (typeof catalogue === 'string') yield [place, catalogue];
  else if (typeof catalogue === 'function') {
    const sevens = Array.from({ length: catalogue.length }, () => 7 as never);
    yield [`${place}(${sevens})`, catalogue(...sevens)];
  } else {
    for (const [key, value] of Object.entries(catalogue))
      yield* textsOf(value, place ? `${place}.${key}` : key);
  }
}

describe('the catalogues', () => {
  /** Names are not translated but made up anew, and both bakeries have brownies. */
  const { names: _en, ...english } = en;
  const { names: _de, ...german } = de;
  /** Words of both languages. */
  const shared = ['Overcookied', 'Vibration', 'VS', 'BOT', 'Lobby', 'LIVE', 'REPLAY', 'Replay', 'Pause', 's'];
  /** A cold oven says nothing. */
  const silent = 'arena.hot.0';

  it('have a text in every place, and the same in the same places', () => {
    const all = [new Map(textsOf(en)), new Map(textsOf(de))] as const;
    for (const texts of all) {
      for (const [place, text] of texts) {
        if (place !== silent) expect(text.trim(), place).not.toBe('');
        expect(text, place).not.toMatch(/undefined|NaN|\[object/);
      }
    }
    // Of a list, one language may have more than the other.
    const places = all.map((texts) => new Set([...texts.keys()].map((place) => place.replace(/\.\d+$/, ''))));
    expect(places[1]).toEqual(places[0]);
  });

  it('have no English left in German', () => {
    const words = (text: string) => text.replace(/[^\p{L} ]/gu, '').trim();
    const inEnglish = new Map(textsOf(english));
    for (const [place, text] of textsOf(german)) {
      const same = words(text) === words(inEnglish.get(place) ?? '') && words(text) !== '';
      if (same) expect(shared, `${place} is the same in both`).toContain(words(text));
    }
  });
});
