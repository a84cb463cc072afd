/**
 * Judges a history of matchmaking by what was promised, and by nothing else: it imports nothing of the product, so
 * that a mistake there is not made here again.
 */
import { describeEvent, type History } from './history.ts';
import { everyMatchEnds } from './rules/every-match-ends.ts';
import { leaving } from './rules/leaving.ts';
import { noTwin } from './rules/no-twin.ts';
import { nobodyFallsOut } from './rules/nobody-falls-out.ts';
import { nothingLeft } from './rules/nothing-left.ts';
import { oneMatchAtATime } from './rules/one-match-at-a-time.ts';
import { oneResult } from './rules/one-result.ts';
import type { Violation } from './rules/violation.ts';
import { Story } from './story.ts';

const rules = [oneMatchAtATime, noTwin, everyMatchEnds, oneResult, nobodyFallsOut, leaving, nothingLeft];

/** What is wrong with a history; empty when nothing is. */
export function check(history: History): Violation[] {
  const story = new Story(history);
  return rules.flatMap((rule) => rule(story));
}

/** For a reader: what is wrong, and the events that show it, with seconds since the beginning. */
export function describeViolation({ rule, what, excerpt }: Violation, { events }: History): string {
  const from = events[0]?.at ?? 0;
  const lines = excerpt.toSorted((a, b) => a.at - b.at).map((event) => `    ${describeEvent(event, from)}`);
  return [`${rule}:`, `  ${what}`, ...lines].join('\n');
}
