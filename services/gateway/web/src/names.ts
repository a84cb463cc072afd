import { texts } from './texts/texts.ts';

/** A friendly name for a guest who has not thought of one, for instance "Brave Brioche". */
export function suggestName(random: () => number = Math.random): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? '';
  return `${pick(texts.value.names.adjectives)} ${pick(texts.value.names.pastries)}`;
}

/** One or two letters that stand for a picture. */
export function initials(name: string): string {
  // Of "Crumbs (bot)" the bracket says nothing.
  const words = name.replace(/\p{P}/gu, '').split(' ').filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0]);
  return letters.join('').toUpperCase();
}
