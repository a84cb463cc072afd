import type { Candidate } from '../../../services/matchmaker/src/pairing.ts';
import { type Spread, spreadOf } from '../spread.ts';
import { Column } from './column.ts';

/** How far apart players were paired, in points, and how long they had waited, in ms. */
export interface Spreads {
  distance: Spread;
  wait: Spread;
}

/** What a simulation came to. Each time that a player is paired counts for that player's rating. */
export class Outcome {
  readonly #ratings = new Column(Int16Array);
  readonly #distances = new Column(Float32Array);
  readonly #waits = new Column(Float32Array);
  #near = 0;
  #repeats = 0;
  #mostOverdueMs = 0;
  /** What the decisions took, in ms of this machine's time. */
  pairingMs = 0;

  /** How often a player was paired. */
  get count(): number {
    return this.#ratings.length;
  }

  /** Of how many of them the opponent was at most 100 points away. */
  get near(): number {
    return this.#near;
  }

  /** How many of them had the opponent of the match before. */
  get repeats(): number {
    return this.#repeats;
  }

  /** How much longer than they should somebody waited while somebody else was there, at most, in ms. */
  get mostOverdueMs(): number {
    return this.#mostOverdueMs;
  }

  pair(a: Candidate, b: Candidate, now: number): void {
    const distance = Math.abs(a.rating - b.rating);
    for (const { rating, since } of [a, b]) {
      this.#ratings.push(rating);
      this.#distances.push(distance);
      this.#waits.push(now - since);
    }
    if (distance <= 100) this.#near += 2;
    if (a.lastOpponent === b.id || b.lastOpponent === a.id) this.#repeats += 2;
  }

  /** Somebody waits for so long, in ms, after they should have been paired; below 0 there is time left. */
  overdue(ms: number): void {
    if (ms > this.#mostOverdueMs) this.#mostOverdueMs = ms;
  }

  /** Over everybody. */
  get spreads(): Spreads {
    return { distance: spreadOf(this.#distances.values()), wait: spreadOf(this.#waits.values()) };
  }

  /**
   * By rating.
   *
   * @param edges where one class ends and the next begins, which has those who are exactly there; ascending
   * @returns one more than there are edges
   */
  spreadsBetween(edges: readonly number[]): Spreads[] {
    const classes = Array.from({ length: edges.length + 1 }, () => ({
      distances: new Column(Float32Array),
      waits: new Column(Float32Array),
    }));
    const [ratings, distances, waits] = [
      this.#ratings.values(),
      this.#distances.values(),
      this.#waits.values(),
    ];
    for (const [i, rating] of ratings.entries()) {
      let at = 0;
      while (at < edges.length && rating >= (edges[at] as number)) at++;
      classes[at]?.distances.push(distances[i] as number);
      classes[at]?.waits.push(waits[i] as number);
    }
    return classes.map((each) => ({
      distance: spreadOf(each.distances.values()),
      wait: spreadOf(each.waits.values()),
    }));
  }

  /** The ratings below which these shares, from 0 to 1, of all those paired are. */
  ratingsAt(shares: readonly number[]): number[] {
    const sorted = this.#ratings.values().sort();
    return shares.map((share) => sorted[Math.floor(share * sorted.length)] ?? 0);
  }
}
