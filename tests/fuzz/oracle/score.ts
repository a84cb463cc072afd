/** What a match may have come to, from the rules alone. */
import { claimsIn, clicksIn, rules } from '../rules.ts';
import type { Clicks } from './meaning.ts';

/** What one player has done that may count, and what of it must. */
export class Deeds {
  /** Whether the player has asked to quit. */
  quit = false;
  #claims = 0;
  #unnumbered = 0;
  /** Of the clicks without a number, those that came within the time of the match for sure. */
  #certain = 0;
  readonly #ranges: { first: number; last: number }[] = [];

  click(clicks: Clicks, isCertain: boolean): void {
    if (clicks !== 'unnumbered') this.#ranges.push(clicks);
    else this.#unnumbered++;
    if (clicks === 'unnumbered' && isCertain) this.#certain++;
  }

  claim(): void {
    this.#claims++;
  }

  /** What is wrong with this score; undefined when it may be. @param mustCount whether what is certain must be in it */
  wrong(score: number, mustCount: boolean): string | undefined {
    const clicks = this.#unnumbered + this.#numbered();
    const most = Math.min(clicks, Math.floor((rules.clickRate * rules.matchMs) / 1_000) + rules.clickBurst);
    if (clicksIn(score) > most) return `${score} points with only ${most} clicks that may count`;
    if (claimsIn(score) > this.#claims) return `${score} points with only ${this.#claims} claims`;
    if (mustCount && clicksIn(score) < this.#certain)
      return `${score} points with ${this.#certain} clicks that must count`;
    return undefined;
  }

  /** How many different numbers there are. */
  #numbered(): number {
    let total = 0;
    let last = 0;
    for (const range of this.#ranges.sort((a, b) => a.first - b.first)) {
      total += Math.max(0, range.last - Math.max(range.first - 1, last));
      last = Math.max(last, range.last);
    }
    return total;
  }
}

export interface Result {
  winner: string;
  reason: string;
  p1Score: number;
  p2Score: number;
}

/** What is wrong with a result by itself; undefined when it may be. @param ids of p1 and p2 */
export function wrongResult(
  { winner, reason, p1Score, p2Score }: Result,
  ids: { p1: string; p2: string },
): string | undefined {
  if (reason !== '')
    return winner === ids.p1 || winner === ids.p2 ? undefined : `${reason}, but ${winner} wins`;
  const right = p1Score > p2Score ? ids.p1 : p2Score > p1Score ? ids.p2 : 'draw';
  return winner === right ? undefined : `${winner} wins with ${p1Score} to ${p2Score}`;
}
