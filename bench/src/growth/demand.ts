import type { Rules } from '@overcookied/shared/rules.ts';
import type { Figures, Mix } from './figures.ts';

/** What so many players do, all of it a second but for those that are at once. */
export interface Demand {
  players: number;
  waiting: number;
  inMatch: number;
  clicks: number;
  /** At once. */
  matches: number;
  /** Over, but kept for somebody who comes back. */
  endedMatches: number;
  /** As many as are begun and as are recorded. */
  pairs: number;
  joins: number;
  /** Golden cookies and ends. */
  events: number;
}

/** From one match's beginning to the next one's for players who play one after the other, in s. */
export const cycleSeconds = ({ countdownMs, matchMs }: Rules, { assumed }: Figures): number =>
  (countdownMs + matchMs) / 1_000 + assumed.pauseSeconds.value;

/** Golden cookies of a match, on average: what a renewal process with uniform gaps comes to, and no more. */
export function goldensPerMatch({ matchMs, goldenGapMs: [least, most] }: Rules): number {
  const gap = (least + most) / 2;
  const variance = (most - least) ** 2 / 12;
  return Math.max(0, matchMs / gap + (variance - gap ** 2) / (2 * gap ** 2));
}

/** @param players how many are connected */
export function demandOf(players: number, mix: Mix, rules: Rules, figures: Figures): Demand {
  const cycle = cycleSeconds(rules, figures);
  const inMatch = players * mix.inMatch;
  const pairs = inMatch / 2 / cycle;
  return {
    players,
    waiting: players * mix.waiting,
    inMatch,
    clicks: (inMatch * mix.clicksPerSecond * rules.matchMs) / 1_000 / cycle,
    matches: inMatch / 2,
    endedMatches: pairs * figures.settings.endedKeptSeconds.value,
    pairs,
    joins: 2 * pairs,
    events: pairs * (goldensPerMatch(rules) + 1),
  };
}
