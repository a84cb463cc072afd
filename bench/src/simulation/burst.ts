import { Random } from '@overcookied/bot/random.ts';
import type { Candidate } from '../../../services/matchmaker/src/pairing.ts';
import { type Spread, spreadOf } from '../spread.ts';
import { Column } from './column.ts';
import { drawRating } from './curve.ts';
import type { Strategy } from './strategies.ts';

/** As many as a matchmaker looks at in one pass, in the moment in which they have all joined. */
export const burstSize = 2_000;
const draws = 200;

/** What one pass over so many at once comes to, over many such crowds. */
export interface Burst {
  distance: Spread;
  /** The share of players for whom there was nobody yet, from 0 to 1. */
  leftOver: number;
}

/** Has many crowds paired who all join at the same moment, as after a new start. */
export function burst(strategy: Strategy, seed: number): Burst {
  const random = new Random(seed, 5);
  const distances = new Column(Float32Array);
  for (let draw = 0; draw < draws; draw++) {
    const crowd: Candidate[] = Array.from({ length: burstSize }, (_, i) => ({
      id: String(i),
      since: 0,
      rating: drawRating(random),
    }));
    for (const [a, b] of strategy.pair(crowd, 0)) distances.push(Math.abs(a.rating - b.rating));
  }
  return {
    distance: spreadOf(distances.values()),
    leftOver: 1 - (2 * distances.length) / (draws * burstSize),
  };
}
