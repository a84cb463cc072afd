/** Who plays whom: a pure decision. */

/** Somebody who waits. `since` is when they joined, in ms. */
export interface Waiting {
  id: string;
  since: number;
}

/** Two who are to play; the first has waited longer and becomes `p1`. */
export type Pair = readonly [string, string];

/**
 * Pairs whoever has waited longest with whoever has waited next longest, so that at most one is left over.
 *
 * Equal times are ordered by id: the result does not depend on the order of the input.
 *
 * @param waiting each player at most once
 */
export function pair(waiting: readonly Waiting[]): Pair[] {
  const inOrder = waiting.toSorted((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
  const pairs: Pair[] = [];
  for (let i = 0; i + 1 < inOrder.length; i += 2) {
    const [first, second] = [inOrder[i], inOrder[i + 1]];
    if (first && second) pairs.push([first.id, second.id]);
  }
  return pairs;
}
