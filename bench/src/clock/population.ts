import { Random } from '@overcookied/bot/random.ts';
import { scheduleNoLaterThan } from '@overcookied/shared/match/due.ts';
import { createMatch, type Player } from '@overcookied/shared/match/match.ts';
import type { Rules } from '@overcookied/shared/rules.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { drawRating } from '../simulation/curve.ts';
import type { Witness } from './witness.ts';

/** How often matches are made, in ms. */
const everyMs = 10;
/** How sure the ratings are: those of players who have played some dozens of matches. */
const deviation = 60;

/** So many of those that are to be in the middle of their lives are being made at any moment. */
const fillingAtOnce = 100;

interface PopulationOptions {
  /** How many are on at any moment, once the first ones end; `growTo` makes it more. */
  matches: number;
  /** The witness listens to one of so many; to all unless told. */
  perWitnessed?: number;
  rules: Rules;
  seed: number;
}

/** How long a match is on, in ms. */
export const lifeMs = ({ countdownMs, matchMs }: Rules): number => countdownMs + matchMs;

/**
 * So many matches at once. It makes them evenly, as a matchmaker does, one for each that must be ending, whether it
 * has ended or not: a clock that falls behind gets no rest.
 */
export class Population {
  readonly #valkey: Valkey;
  readonly #witness: Witness;
  readonly #options: PopulationOptions;
  readonly #random: Random;
  #size: number;
  #timer: NodeJS.Timeout | undefined;
  #beginning = new Set<Promise<void>>();
  #made = 0;
  /** How many are to be made by now, a part of one included. */
  #wanted = 0;
  #late: number[] = [];
  #error: Error | undefined;

  constructor(valkey: Valkey, witness: Witness, options: PopulationOptions) {
    this.#valkey = valkey;
    this.#witness = witness;
    this.#options = options;
    this.#random = new Random(options.seed, 8);
    this.#size = options.matches;
  }

  start(): void {
    let at = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.#late.push(Math.max(0, now - at - everyMs));
      this.#wanted += ((now - at) * this.#size) / lifeMs(this.#options.rules);
      at = now;
      for (; this.#wanted >= 1; this.#wanted--) this.#make(this.#options.rules);
    }, everyMs);
  }

  /**
   * From now on so many are on, as if they had been for long: those that are missing are begun at once, with ends spread
   * evenly over a match's life. Their first golden cookies come as in any match, 5 to 10 s after.
   *
   * @param matches no fewer than were asked for before
   */
  async growTo(matches: number): Promise<void> {
    const { rules } = this.#options;
    const missing = matches - this.#size;
    this.#size = matches;
    let next = 0;
    const some = async () => {
      for (let i = next++; i < missing; i = next++) {
        const leftMs = Math.ceil((lifeMs(rules) * (i + 1)) / missing);
        await this.#make({ ...rules, countdownMs: 0, matchMs: leftMs });
      }
    };
    await Promise.all(Array.from({ length: fillingAtOnce }, some));
  }

  /** Makes no more; resolves when those that were being made are. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#beginning);
  }

  /**
   * How late it looked at the time, in ms, since it was asked last: how slow the bench itself is.
   *
   * @throws Error when a match could not be made
   */
  takeLateness(): number[] {
    if (this.#error) throw this.#error;
    const late = this.#late;
    this.#late = [];
    return late;
  }

  #make(rules: Rules): Promise<void> {
    const number = this.#made++;
    const work = this.#begin(number, rules)
      .catch((error: Error) => {
        this.#error ??= error;
      })
      .finally(() => this.#beginning.delete(work));
    this.#beginning.add(work);
    return work;
  }

  async #begin(number: number, rules: Rules): Promise<void> {
    const { seed, perWitnessed = 1 } = this.#options;
    const isWitnessed = number % perWitnessed === 0;
    const roomId = `clock-${seed}-${number}`;
    const players = {
      mode: 'ranked',
      p1: this.#player(2 * number),
      p2: this.#player(2 * number + 1),
    } as const;
    if (isWitnessed) await this.#witness.listen(roomId);
    const next = await createMatch(this.#valkey, roomId, players, rules);
    if (isWitnessed) this.#witness.begun(roomId, next);
    await scheduleNoLaterThan(this.#valkey, roomId, next);
  }

  /** Whoever has played the matches that are over plays those that begin. */
  #player(number: number): Player {
    const id = `bench_${number % (4 * this.#size)}`;
    return { id, name: id, picture: '', standing: { rating: drawRating(this.#random), deviation } };
  }
}
