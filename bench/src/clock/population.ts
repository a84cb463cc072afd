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

interface PopulationOptions {
  /** How many are on at any moment, once the first ones end. */
  matches: number;
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
  readonly #perMs: number;
  #timer: NodeJS.Timeout | undefined;
  #beginning = new Set<Promise<void>>();
  #made = 0;
  #late: number[] = [];
  #error: Error | undefined;

  constructor(valkey: Valkey, witness: Witness, options: PopulationOptions) {
    this.#valkey = valkey;
    this.#witness = witness;
    this.#options = options;
    this.#random = new Random(options.seed, 8);
    this.#perMs = options.matches / lifeMs(options.rules);
  }

  start(): void {
    const begunAt = performance.now();
    let at = begunAt;
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.#late.push(Math.max(0, now - at - everyMs));
      at = now;
      while (this.#made < (now - begunAt) * this.#perMs) this.#make();
    }, everyMs);
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

  #make(): void {
    const number = this.#made++;
    const work = this.#begin(number)
      .catch((error: Error) => {
        this.#error ??= error;
      })
      .finally(() => this.#beginning.delete(work));
    this.#beginning.add(work);
  }

  async #begin(number: number): Promise<void> {
    const { rules, seed } = this.#options;
    const roomId = `clock-${seed}-${number}`;
    const players = {
      mode: 'ranked',
      p1: this.#player(2 * number),
      p2: this.#player(2 * number + 1),
    } as const;
    await this.#witness.listen(roomId);
    const next = await createMatch(this.#valkey, roomId, players, rules);
    await scheduleNoLaterThan(this.#valkey, roomId, next);
    await this.#witness.begun(roomId);
  }

  /** Whoever has played the matches that are over plays those that begin. */
  #player(number: number): Player {
    const id = `bench_${number % (4 * this.#options.matches)}`;
    return { id, name: id, picture: '', standing: { rating: drawRating(this.#random), deviation } };
  }
}
