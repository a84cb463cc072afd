import type { Evidence, Played } from '../evidence.ts';
import { stored } from '../excerpt.ts';
import type { Violation } from './violation.ts';

const rule = 'nobody is in two matches at once';

/** By what Valkey has of every match, also of those of which nobody was told. */
export function oneMatchAtATime({ played, history: { rules } }: Evidence): Violation[] {
  const createdAt = ({ startsAt }: Played) => startsAt - rules.countdownMs;
  const latest = new Map<string, Played>();
  const violations: Violation[] = [];
  for (const match of played.toSorted((a, b) => createdAt(a) - createdAt(b))) {
    for (const player of [match.hash.p1 ?? '', match.hash.p2 ?? '']) {
      const before = latest.get(player);
      if (before && createdAt(match) < before.endedAt) {
        const what = `${player} is in ${match.room}, made ${before.endedAt - createdAt(match)} ms before ${before.room} ended`;
        violations.push({ rule, what, excerpt: [...stored(before), ...stored(match)] });
      }
      if (!before || match.endedAt > before.endedAt) latest.set(player, match);
    }
  }
  return violations;
}
