/** A name in a sentence: one that is written from right to left is not to take the words around it along. */
export const apart = (name: string): string => `\u2068${name}\u2069`;
