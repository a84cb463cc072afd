import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlayerName } from './api.ts';
import { cleanName, maxNameLength, maxPictureLength, nameFrom, pictureFrom } from './names.ts';

/** Letters, and all that people use to play tricks, unpaired surrogates included. */
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    maxLength: 60,
    unit: fc.oneof(
      fc.constantFrom(...'aZ9 <>&"\u0301\u0323\u20dd\u0e31\u05b0\u0cc6\u0cc2\u1100\u1161\u11a8'),
      fc.constantFrom(...'\u0000\u0007\u001b\n\u0085\u00ad\u034f\u061c\u115f\u180e\u200b\u200d\u200e\u2028'),
      fc.constantFrom(...'\u202a\u202e\u2066\u2069\u2060\u2800\u3000\u3164\ufe0f\ufeff\uffa0\ufff9'),
      fc.constantFrom('\ud800', '\udc00', '\u{1f36a}', '\u{e0041}', '\u{10ffff}'),
    ),
  }),
);

describe('a name', () => {
  test('holds nothing hidden, whatever comes in, and is as it is when cleaned again', () => {
    fc.assert(
      fc.property(anything, (given) => {
        const name = cleanName(given);
        expect(name).not.toMatch(/\p{C}|\p{Default_Ignorable_Code_Point}|[^\S ]|\u2800| {2}|^ | $/u);
        expect(name).not.toMatch(/\p{M}{4}|(^| )\p{M}/u);
        expect(name.isWellFormed()).toBe(true);
        expect(cleanName(name)).toBe(name);
      }),
      { numRuns: 2_000 },
    );
  });

  test('of somebody else’s is there, short enough, and one that a player may have', () => {
    fc.assert(
      fc.property(anything, (given) => {
        const name = nameFrom(given);
        expect(PlayerName.parse(name)).toBe(name);
        expect(nameFrom(name)).toBe(name);
        expect([...name].length).toBeLessThanOrEqual(maxNameLength);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(4 * maxNameLength);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['  Ada \u202e Lovelace\u0000 ', 'Ada Lovelace'],
    ['e\u0301', 'é'],
    ['Z\u0335\u0321\u0322\u0327\u0328\u0334\u0336\u0337algo', 'Z\u0335\u0334\u0336algo'],
    ['\u0301Bo', 'Bo'],
    ['\u3164\u2800\u115f', ''],
    ['Do\u200bra', 'Dora'],
    ['סבתא אופה', 'סבתא אופה'],
    ['ที่รัก', 'ที่รัก'],
    ['Nguyễn Thị', 'Nguyễn Thị'],
    ['<img src=x onerror=a()>', '<img src=x onerror=a()>'],
    ['half \ud83c of a cookie', 'half of a cookie'],
  ])('%j becomes %j', (given, name) => {
    expect(cleanName(given)).toBe(name);
  });

  test('that is nothing is Player where it cannot be refused, and refused where it can', () => {
    expect(nameFrom('\u200b\u202e')).toBe('Player');
    expect(nameFrom('x'.repeat(10_000))).toBe('x'.repeat(24));
    expect(PlayerName.safeParse('\u200b\u202e').success).toBe(false);
    expect(PlayerName.safeParse('x'.repeat(25)).success).toBe(false);
  });
});

test('a picture is an https address, or none', () => {
  const google = 'https://lh3.googleusercontent.com/a/ACg8ocK=s96-c';
  expect(pictureFrom(google)).toBe(google);
  for (const bad of [
    '',
    'http://example.org/a.png',
    'javascript:alert(1)',
    'data:image/svg+xml,<svg/onload=a()>',
    '//example.org/a.png',
    '/a.png',
    'https://',
    'https://user:secret@example.org/a.png',
    `https://example.org/${'a'.repeat(maxPictureLength)}`,
    `https://example.org/${'é'.repeat(maxPictureLength / 2)}`,
  ]) {
    expect(pictureFrom(bad), bad).toBe('');
  }
  expect(pictureFrom('https://example.org/"><script>')).toBe('https://example.org/%22%3E%3Cscript%3E');
});
