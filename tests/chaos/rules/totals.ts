import type { Evidence, Played } from '../evidence.ts';
import type { Violation } from './violation.ts';

const rule = 'totals are the sums of what was played';

/** The rating of whoever has never played. */
const firstRating = 1_500;

/** By the matches themselves, and for the rating by what the results say that each changed. */
export function totals({ history, played }: Evidence): Violation[] {
  const byPlayer = new Map<string, Played[]>();
  for (const match of played) {
    for (const player of [match.hash.p1 ?? '', match.hash.p2 ?? '']) {
      byPlayer.set(player, [...(byPlayer.get(player) ?? []), match]);
    }
  }
  return Object.entries(history.left.players).flatMap(([player, totals]) => {
    const expected = sums(player, byPlayer.get(player) ?? []);
    return Object.entries(expected)
      .filter(([field, value]) => Number(totals[field] ?? 0) !== value)
      .map(([field, value]) => {
        const what = `${player} has ${field} ${totals[field]}, and the matches add up to ${value}`;
        return { rule, what, excerpt: [{ at: history.endsAt, text: 'the end of the run' }] };
      });
  });
}

function sums(player: string, matches: Played[]): Record<string, number> {
  const sum = { matches: matches.length, points: 0, won: 0, lost: 0, drawn: 0 };
  let changes = 0;
  let isRated = false;
  for (const { hash, results } of matches) {
    sum.points += Number(hash.p1 === player ? hash.p1Score : hash.p2Score);
    if (hash.winner === 'draw') sum.drawn++;
    else if (hash.winner === player) sum.won++;
    else sum.lost++;
    const change = results[player]?.[0]?.ratingDelta;
    isRated ||= change !== undefined;
    changes += change ?? 0;
  }
  return isRated ? { ...sum, rating: firstRating + changes } : sum;
}
