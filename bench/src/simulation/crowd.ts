import { Random } from '@overcookied/bot/random.ts';
import type { Candidate } from '../../../services/matchmaker/src/pairing.ts';
import { drawRating } from './curve.ts';
import { drawGap } from './normal.ts';
import { TimeQueue } from './time-queue.ts';

/** From being matched to the end of the match, in ms: countdown and clicking. */
const matchMs = 65_000;
/** From the end of a match to joining again, on average, in ms: exponentially distributed. */
const pauseMs = 5_000;
/** How many matches a player plays in one sitting, on average: geometrically distributed. */
const matchesPerSitting = 3;
const again = 1 - 1 / matchesPerSitting;

/** How many players play at the same time, so that so many of them join a second. */
export const playingAt = (joinsPerSecond: number) =>
  Math.ceil(joinsPerSecond * again * ((matchMs + pauseMs) / 1_000));

interface CrowdOptions {
  players: number;
  /** On average, those who join again included. */
  joinsPerSecond: number;
  seed: number;
}

/**
 * Everybody who ever plays, and when they join.
 *
 * Each player comes once, as a Poisson process brings them, plays a few matches, and joins again a few seconds after
 * each: so those who have just played each other wait at the same time, as they do in life. Of the joins that a
 * second brings most are such. It begins in the middle, with as many playing as will play later on, and ends when the
 * last player has come.
 */
export class Crowd {
  readonly #options: CrowdOptions;
  readonly #ratings: Random;
  readonly #gaps: Random;
  readonly #pauses: Random;
  readonly #sittings: Random;
  readonly #returning = new TimeQueue<Candidate>();
  #come = 0;
  #newcomerAt = 0;

  constructor(options: CrowdOptions) {
    const { seed, joinsPerSecond, players } = options;
    this.#options = options;
    this.#ratings = new Random(seed, 1);
    this.#gaps = new Random(seed, 2);
    this.#pauses = new Random(seed, 3);
    this.#sittings = new Random(seed, 4);
    for (let left = Math.min(playingAt(joinsPerSecond), players); left > 0; left--) {
      const at = this.#pauses.between(0, matchMs + pauseMs);
      this.#returning.add(at, this.#newcomer(at));
    }
    this.#planNewcomer();
  }

  /** When the next player joins, in ms; infinity when all have come. */
  get nextAt(): number {
    if (this.#come === this.#options.players) return Number.POSITIVE_INFINITY;
    return Math.min(this.#newcomerAt, this.#returning.nextAt);
  }

  /** The next player joins. */
  next(): Candidate {
    if (this.#newcomerAt < this.#returning.nextAt) {
      const player = this.#newcomer(this.#newcomerAt);
      this.#planNewcomer();
      return player;
    }
    const at = this.#returning.nextAt;
    const player = this.#returning.take();
    if (!player) throw new Error('everybody has come');
    player.since = at;
    return player;
  }

  /** A player has been paired, and may join again after the match. */
  play(player: Candidate, opponent: Candidate, at: number): void {
    player.lastOpponent = opponent.id;
    if (!this.#sittings.chance(again)) return;
    this.#returning.add(at + matchMs + drawGap(this.#pauses, pauseMs), player);
  }

  #newcomer(since: number): Candidate {
    const id = String(this.#come++);
    return { id, since, rating: drawRating(this.#ratings), lastOpponent: undefined };
  }

  #planNewcomer(): void {
    this.#newcomerAt += drawGap(this.#gaps, (1_000 * matchesPerSitting) / this.#options.joinsPerSecond);
  }
}
