/** Names and pictures as others see them: whatever comes in, what comes out can do nothing to the page around it. */

/** Longest name that a player may have, in characters: at most 96 bytes of UTF-8. */
export const maxNameLength = 24;
/** Longest address that a picture may have, in characters: a match keeps two of them. */
export const maxPictureLength = 256;

/** For whoever is left without one. */
const nameless = 'Player';

/**
 * What would not be seen, or would change what is beside it: control characters, direction overrides, zero-width and
 * filling characters, halves of surrogate pairs, characters that are none.
 */
const hidden = /[\p{C}\p{Default_Ignorable_Code_Point}]/gu;
/** Braille has one of its own, which counts as a letter. */
const blanks = /[\s\u2800]+/gu;
/** Marks that would sit on what stands before the name, or on a gap in it. */
const looseMarks = /(^| )\p{M}+/gu;
/** Three are needed (Hebrew, Tibetan); a tower of twenty covers the lines above. */
const towers = /(\p{M}{3})\p{M}+/gu;

/** A name without what does not belong into one, of whatever length; cleaning it again changes nothing. */
export const cleanName = (name: string): string =>
  name
    .replace(hidden, '')
    .normalize('NFC')
    .replace(blanks, ' ')
    .replace(looseMarks, '$1')
    .replace(towers, '$1')
    .replace(blanks, ' ')
    .trim();

/** A name that somebody else gave the player, and that cannot be refused: cleaned, cut, and never empty. */
export const nameFrom = (given: string): string =>
  cleanName([...cleanName(given)].slice(0, maxNameLength).join('')) || nameless;

/** A picture's address, if it may be shown: https, without a password in it, and not too long. Otherwise ''. */
export function pictureFrom(given: string): string {
  if (given.length > maxPictureLength || !URL.canParse(given)) return '';
  const { protocol, username, password, href } = new URL(given);
  const isRight = protocol === 'https:' && username === '' && password === '';
  return isRight && href.length <= maxPictureLength ? href : '';
}
