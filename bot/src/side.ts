import type { Rules } from '@overcookied/shared/rules.ts';

/** A frame may take this long to arrive: until then it may still tell of a click made within a bonus, in ms. */
const slowestFrameMs = 5_000;
/** How far the estimate of the server's clock may be off, in ms. */
const clockErrorMs = 100;

/**
 * One side's points, and what a gain may be by the rules. Times are ms since 1970 by the server's clock.
 */
export class Side {
  score: number;
  readonly #rules: Rules;
  #bonus = { from: Number.NEGATIVE_INFINITY, until: Number.NEGATIVE_INFINITY, doubled: 0 };
  /** Until then there may be a bonus that nobody told of, or one that is longer than told. */
  #unclearUntil = Number.NEGATIVE_INFINITY;

  constructor(score: number, rules: Rules) {
    this.score = score;
    this.#rules = rules;
  }

  /** Something may have been missed just before `now`. */
  doubt(now: number): void {
    this.#unclearUntil = Math.max(this.#unclearUntil, now + this.#rules.bonusMs);
  }

  /** A golden cookie was claimed by this side. */
  claimed(bonusUntil: number): void {
    const claimedAt = bonusUntil - this.#rules.bonusMs;
    if (claimedAt < this.#unclearUntil) this.#unclearUntil = bonusUntil;
    if (claimedAt >= this.#bonus.until) this.#bonus = { from: claimedAt, until: bonusUntil, doubled: 0 };
    else this.#bonus.until = bonusUntil;
  }

  /**
   * Whether clicks can have given this many points.
   *
   * @param clicks how many
   * @param least how many of them must have counted: less than all of them if some may have been too fast
   * @param now when it was told
   * @returns how many did count, or undefined when it cannot be
   */
  countedFor(gain: number, clicks: number, least: number, now: number): number | undefined {
    const { clickPoints, bonusFactor } = this.#rules;
    const isUnclear = now < this.#unclearUntil + slowestFrameMs;
    if (isUnclear && gain >= clicks * clickPoints && gain <= clicks * clickPoints * bonusFactor)
      return clicks;
    const inBonus = now < this.#bonus.until - clockErrorMs;
    const maybeInBonus = inBonus || now < this.#bonus.until + slowestFrameMs;
    for (let counted = clicks; counted >= least; counted--) {
      const plain = counted * clickPoints;
      const doubled = Math.min(counted, this.#mostDoubled());
      if (maybeInBonus && gain === plain + doubled * clickPoints * (bonusFactor - 1)) {
        this.#bonus.doubled += doubled;
        return counted;
      }
      if ((!inBonus || isUnclear) && gain === plain) return counted;
    }
    return undefined;
  }

  /** A bonus doubles at most what the fastest clicking that counts allows in its time. */
  #mostDoubled(): number {
    const { from, until, doubled } = this.#bonus;
    if (until === Number.NEGATIVE_INFINITY) return 0;
    return Math.max(0, Math.floor((this.#rules.clickRate * (until - from)) / 1000) - doubled);
  }
}
