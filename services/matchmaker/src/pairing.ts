/** Who plays whom: a pure decision. */
import { mostWaitMs, tolerance, waitFor } from './tolerance.ts';

/** Somebody who waits. */
export interface Candidate {
  id: string;
  /** When they joined, in ms. */
  since: number;
  /** In points. */
  rating: number;
  /** Player id of whoever they played last. */
  lastOpponent?: string | undefined;
}

/** Two who are to play; the first has waited longer and becomes `p1`. */
export type Pair<W extends Candidate = Candidate> = readonly [W, W];

/*
 * What leaving the best of all matches costs, in rating points, on top of the distances of the pairs. The steps are
 * so far apart that a lower one never outweighs a higher one among neighbours.
 */
const repeatCost = 1e4;
const leftOverCost = 1e6;
const overdueCost = 1e9;

/** A way to arrange neighbours in a row: who is paired, and who is left over, by place from 0. */
interface Arrangement {
  pairs: [number, number][];
  leftOver: number[];
}

/**
 * Up to so many neighbours are arranged in every possible way: so many are enough for whoever may not meet a
 * neighbour again to find another one, and a queue of no more than these is arranged as well as it can be.
 */
const reach = 5;
const arrangements = Array.from({ length: reach }, (_, i) => ({
  length: i + 1,
  ways: everyArrangement(Array.from({ length: i + 1 }, (_, place) => place)).filter(isIndivisible),
}));

/**
 * Pairs at the least total cost: as many as accept each other, first those who have waited longest, as equal as can
 * be, and not with the opponent of the last match if there is another (among neighbours, see below).
 *
 * In a row ordered by rating the best partner is near. So the row is cut into arrangements of a few neighbours; the
 * cheapest way to do so is found by dynamic programming from its start: O(n) after sorting, which is O(n log n).
 * Two accept each other when the one who has waited longer does.
 *
 * The result does not depend on the order of the input: equal ratings are ordered by wait, then by id.
 *
 * @param waiting each player at most once
 * @param now in ms, by the clock of `since`
 * @returns the pairs; whoever is in none waits on. Of those who have waited for `mostWaitMs` one is left over at
 *   most, and only when nobody else is
 */
export function pair<W extends Candidate>(waiting: readonly W[], now: number): Pair<W>[] {
  const row = byRating(waiting);
  const costs = costsOf(row, now);
  const least = new Float64Array(row.length + 1).fill(Number.POSITIVE_INFINITY);
  const chosen: { length: number; pairs: Arrangement['pairs'] }[] = [];
  least[0] = 0;
  for (let end = 1; end <= row.length; end++) {
    for (const { length, ways } of arrangements) {
      const start = end - length;
      if (start < 0) break;
      for (const { pairs, leftOver } of ways) {
        let cost = least[start] as number;
        for (const [a, b] of pairs) cost += costs.ofPair(start + a, start + b);
        for (const place of leftOver) cost += costs.ofLeaving(start + place);
        if (cost < (least[end] as number)) {
          least[end] = cost;
          chosen[end] = { length, pairs };
        }
      }
    }
  }
  const result: Pair<W>[] = [];
  let end = row.length;
  while (end > 0) {
    const { length, pairs } = chosen[end] as (typeof chosen)[number];
    end -= length;
    for (const [a, b] of pairs) result.push(elderFirst(row[end + a] as W, row[end + b] as W));
  }
  return result.sort(([a], [b]) => a.since - b.since || byId(a, b));
}

/**
 * When a pair becomes possible among those whom `pair` left over, if nobody joins.
 *
 * @returns ms by the clock of `since`; undefined when there are not two
 */
export function nextChance(leftOver: readonly Candidate[]): number | undefined {
  const row = byRating(leftOver);
  let next: number | undefined;
  for (let i = 0; i + 1 < row.length; i++) {
    const [elder, younger] = elderFirst(row[i] as Candidate, row[i + 1] as Candidate);
    const at = elder.since + waitFor(Math.abs(elder.rating - younger.rating));
    if (next === undefined || at < next) next = at;
  }
  return next;
}

/** What it costs to pair, or to leave over, the players at these places of the row. */
function costsOf(row: readonly Candidate[], now: number) {
  const accepts = Float64Array.from(row, ({ since }) => tolerance(now - since));
  return {
    ofPair(i: number, j: number): number {
      const [a, b] = [row[i] as Candidate, row[j] as Candidate];
      const distance = Math.abs(a.rating - b.rating);
      if (distance > Math.max(accepts[i] as number, accepts[j] as number)) return Number.POSITIVE_INFINITY;
      return a.lastOpponent === b.id || b.lastOpponent === a.id ? distance + repeatCost : distance;
    },
    ofLeaving(i: number): number {
      const waited = now - (row[i] as Candidate).since;
      // A millisecond more of waiting always counts for something: of two equals the elder is paired.
      return waited >= mostWaitMs ? overdueCost + waited : leftOverCost + (accepts[i] as number);
    },
  };
}

function everyArrangement([first, ...others]: number[]): Arrangement[] {
  if (first === undefined) return [{ pairs: [], leftOver: [] }];
  const alone = everyArrangement(others).map(({ pairs, leftOver }) => ({
    pairs,
    leftOver: [first, ...leftOver],
  }));
  const paired = others.flatMap((partner) =>
    everyArrangement(others.filter((other) => other !== partner)).map(
      ({ pairs, leftOver }): Arrangement => ({ pairs: [[first, partner], ...pairs], leftOver }),
    ),
  );
  return [...alone, ...paired];
}

/** Whether it is not just two shorter arrangements beside each other: those are found by themselves. */
function isIndivisible({ pairs, leftOver }: Arrangement): boolean {
  const length = 2 * pairs.length + leftOver.length;
  const cuts = Array.from({ length: length - 1 }, (_, i) => i + 1);
  return cuts.every((cut) => pairs.some(([a, b]) => a < cut && cut <= b));
}

const byId = (a: Candidate, b: Candidate) => (a.id < b.id ? -1 : 1);

function byRating<W extends Candidate>(waiting: readonly W[]): W[] {
  return waiting.toSorted((a, b) => a.rating - b.rating || a.since - b.since || byId(a, b));
}

function elderFirst<W extends Candidate>(a: W, b: W): Pair<W> {
  return (a.since - b.since || byId(a, b)) < 0 ? [a, b] : [b, a];
}
