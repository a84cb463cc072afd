import { type Candidate, nextChance, type Pair, pair } from '../../../services/matchmaker/src/pairing.ts';
import { tolerance } from '../../../services/matchmaker/src/tolerance.ts';

/** A way to decide who plays whom. */
export interface Strategy {
  /** What it is called in tables. */
  name: string;
  pair(waiting: readonly Candidate[], now: number): Pair[];
  /** When a pair becomes possible among those left over if nobody joins; undefined when never. */
  nextChance(leftOver: readonly Candidate[]): number | undefined;
}

/** What the matchmaker does. */
export const ours: Strategy = { name: 'ours', pair, nextChance };

/** Whoever has waited longest takes the nearest whom they accept, then the next: as we do, but one after another. */
export const greedy: Strategy = {
  name: 'greedy',
  pair(waiting, now) {
    const elders = byWait(waiting);
    const taken = new Set<Candidate>();
    const pairs: Pair[] = [];
    for (const [i, elder] of elders.entries()) {
      if (taken.has(elder)) continue;
      let nearest: Candidate | undefined;
      let least = tolerance(now - elder.since);
      for (let j = i + 1; j < elders.length; j++) {
        const other = elders[j] as Candidate;
        const distance = Math.abs(elder.rating - other.rating);
        if (taken.has(other) || distance > least || (nearest && distance === least)) continue;
        nearest = other;
        least = distance;
      }
      if (!nearest) continue;
      taken.add(nearest);
      pairs.push([elder, nearest]);
    }
    return pairs;
  },
  nextChance,
};

/** Whoever comes plays whoever waits, without a look at the ratings: nobody can wait less. */
export const firstCome: Strategy = {
  name: 'first come, first served',
  pair(waiting) {
    const elders = byWait(waiting);
    return Array.from({ length: elders.length >> 1 }, (_, i) => [
      elders[2 * i] as Candidate,
      elders[2 * i + 1] as Candidate,
    ]);
  },
  nextChance: () => undefined,
};

const byWait = (waiting: readonly Candidate[]) => waiting.toSorted((a, b) => a.since - b.since);
