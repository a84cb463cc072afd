import type { ServerClock } from '@overcookied/client/server-clock.ts';
import type { Random } from './random.ts';

/**
 * No clicks so shortly before the end, in ms: one that arrives after it does not count, by the rules, and
 * would be taken for lost. It is time for a frame to travel and for a loaded machine to be late.
 */
const stillBeforeEndMs = 250;
/** Nobody is faster after the countdown, in ms. */
const leastReactionMs = 20;
/** Intervals between clicks vary between these multiples of the average. */
const shortestInterval = 0.6;
const longestInterval = 1.4;

/** What tells one hand from another, beside its speed. */
export interface Habits {
  /** Least and most time until it reaches for a golden cookie, in ms. */
  goldenReactionMs: readonly [number, number];
  /** Probability that it does not reach for a golden cookie at all. */
  goldenMissed: number;
  /** Now and then it rests: with this probability after a click, for the least to the most of `ms`. */
  rests?: { chance: number; ms: readonly [number, number] };
}

/** A quick hand that never tires: a crowd of them is a load whose size is known beforehand. */
const tireless: Habits = { goldenReactionMs: [150, 600], goldenMissed: 0.1 };

interface HandOptions {
  clock: ServerClock;
  /** By the server's clock, in ms. */
  startsAt: number;
  endsAt: number;
  /** While it does not rest. */
  clicksPerSecond: number;
  /** Those of the load bot unless it says otherwise. */
  habits?: Habits;
  /** One stream for clicks and one for golden cookies, whose times depend on the server: so that clicks do not. */
  random: { clicks: Random; golden: Random };
  click(): void;
  claim(id: number | undefined): void;
}

/** A finger that clicks through one match, about as regularly as a human's, and reaches for golden cookies. */
export class Hand {
  readonly #options: HandOptions;
  readonly #habits: Habits;
  #press: NodeJS.Timeout | undefined;
  #reach: NodeJS.Timeout | undefined;

  constructor(options: HandOptions) {
    this.#options = options;
    this.#habits = options.habits ?? tireless;
    const { startsAt } = options;
    this.#pressAt(Math.max(startsAt + leastReactionMs, startsAt + this.#interval()));
  }

  /** There is a golden cookie; it takes the place of any earlier one. */
  see(id: number | undefined): void {
    const { clock, endsAt, claim, random } = this.#options;
    const { golden } = random;
    clearTimeout(this.#reach);
    const reaction = golden.between(...this.#habits.goldenReactionMs);
    if (golden.chance(this.#habits.goldenMissed) || clock.now() + reaction > endsAt - stillBeforeEndMs)
      return;
    this.#reach = setTimeout(() => claim(id), reaction);
  }

  /** The golden cookie is gone. */
  lose(): void {
    clearTimeout(this.#reach);
  }

  stop(): void {
    clearTimeout(this.#press);
    clearTimeout(this.#reach);
  }

  #interval(): number {
    const { clicksPerSecond, random } = this.#options;
    return (1000 / clicksPerSecond) * random.clicks.between(shortestInterval, longestInterval);
  }

  #rest(): number {
    const { rests } = this.#habits;
    const { clicks } = this.#options.random;
    return rests && clicks.chance(rests.chance) ? clicks.between(...rests.ms) : 0;
  }

  /** The next time follows from this one and not from when it came to it, so that late timers cost no clicks. */
  #pressAt(time: number): void {
    const { clock, endsAt, click } = this.#options;
    if (time > endsAt - stillBeforeEndMs) return;
    const press = () => {
      // After a standstill of this process the match may be nearly over.
      if (clock.now() > endsAt - stillBeforeEndMs) return;
      click();
      this.#pressAt(time + this.#interval() + this.#rest());
    };
    this.#press = setTimeout(press, Math.max(0, time - clock.now()));
  }
}
