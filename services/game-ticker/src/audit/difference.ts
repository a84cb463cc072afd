/** What does not add up, and how that was found. */
export interface Difference {
  /** Player id. */
  player: string;
  /** What it is about: a field of the player, a board, a game in the history. */
  field: string;
  /** What is there; undefined when nothing is. */
  found: string | number | undefined;
  /** What ought to be there; undefined when nothing ought to. */
  expected: string | number | undefined;
  /** How both values were reached. */
  how: string;
}

const valueText = (value: Difference['found']) => value ?? 'nothing';

/** In one line, for people. */
export function differenceText({ player, field, found, expected, how }: Difference): string {
  return `player ${player}, ${field}: found ${valueText(found)}, expected ${valueText(expected)} (${how})`;
}
