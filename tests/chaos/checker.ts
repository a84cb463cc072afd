/**
 * Judges a history of matches by what was promised, and by nothing else: it imports nothing of the product, so that a
 * mistake there is not made here again.
 */
import { Evidence } from './evidence.ts';
import type { History } from './history.ts';
import { absence } from './rules/absence.ts';
import { everyMatchEnds } from './rules/every-match-ends.ts';
import { goldenCookies } from './rules/golden-cookies.ts';
import { madeInTime } from './rules/made-in-time.ts';
import { noClickLost } from './rules/no-click-lost.ts';
import { nobodyWaitsLong } from './rules/nobody-waits-long.ts';
import { noneCountedTwice } from './rules/none-counted-twice.ts';
import { nothingLeft } from './rules/nothing-left.ts';
import { oneMatchAtATime } from './rules/one-match-at-a-time.ts';
import { oneResult } from './rules/one-result.ts';
import { onlyInTheWindow } from './rules/only-in-the-window.ts';
import { toldOfTheEnd } from './rules/told-of-the-end.ts';
import { totals } from './rules/totals.ts';
import type { Violation } from './rules/violation.ts';

type Rule = (evidence: Evidence) => Violation[];

/** Each with the services on which it depends, besides Valkey. */
const rules: [rule: Rule, services: string[]][] = [
  [noClickLost, ['gateway']],
  [noneCountedTwice, ['gateway']],
  [onlyInTheWindow, ['gateway']],
  [madeInTime, ['gateway']],
  [oneResult, ['gateway', 'game-ticker']],
  [oneMatchAtATime, ['matchmaker']],
  [everyMatchEnds, ['game-ticker']],
  [absence, ['gateway', 'game-ticker']],
  [toldOfTheEnd, ['gateway']],
  [goldenCookies, ['game-ticker']],
  [totals, ['game-ticker']],
  [nobodyWaitsLong, ['gateway', 'matchmaker']],
  [nothingLeft, ['gateway', 'matchmaker']],
];

/** What is wrong with a history; empty when nothing is. */
export function check(history: History): Violation[] {
  const evidence = new Evidence(history);
  return rules.flatMap(([rule, services]) => rule(evidence).map((found) => ({ ...found, services })));
}
