/** Whether a player's totals are the sum of their matches. */
import type { HistoryGame } from '@overcookied/shared/api.ts';
import { newcomer } from '@overcookied/shared/rating.ts';
import { isoWeek } from '@overcookied/shared/week.ts';
import { weekField } from './boards.ts';
import type { Difference } from './difference.ts';
import type { RecordedPlayer } from './recorded-player.ts';

/** Before the name of a total: the same of the matches that the history has dropped. */
const older = 'older:';

/**
 * The first of a player's totals that is not the sum of older matches and those listed.
 *
 * @param oldestWeek label of the oldest week of which points are kept
 */
export function totalsDifference(player: RecordedPlayer, oldestWeek: string): Difference | undefined {
  const { fields, games } = player;
  const inconsistent = olderDifference(player);
  if (inconsistent) return inconsistent;
  const sums = sumsOf(games);
  for (const field of fields.keys()) {
    const total = field.startsWith(older) ? field.slice(older.length) : field;
    if ((total.startsWith(weekField) || total === 'rating') && !sums.has(total)) sums.set(total, 0);
  }
  for (const [field, sum] of sums) {
    const isForgotten =
      field.startsWith(weekField) && field.slice(weekField.length) < oldestWeek && !fields.has(field);
    const difference = isForgotten ? undefined : sumDifference(player, field, sum);
    if (difference) return difference;
  }
  return undefined;
}

/** What the matches of a history add up to, by the names of the totals. */
function sumsOf(games: HistoryGame[]): Map<string, number> {
  const sums = new Map(['matches', 'won', 'drawn', 'lost', 'points'].map((field) => [field, 0]));
  const add = (field: string, by: number) => sums.set(field, (sums.get(field) ?? 0) + by);
  for (const { winnerId, won, score, timestamp, ratingDelta } of games) {
    add('matches', 1);
    add(winnerId === 'draw' ? 'drawn' : won ? 'won' : 'lost', 1);
    add('points', score);
    add(weekField + isoWeek(timestamp * 1000), score);
    if (ratingDelta !== undefined) add('rating', ratingDelta);
  }
  return sums;
}

/** @param sum of the matches that the history lists */
function sumDifference(
  { id, fields, games }: RecordedPlayer,
  field: string,
  sum: number,
): Difference | undefined {
  const found = fields.get(field);
  const isRating = field === 'rating';
  const isRated = fields.has(older + field) || games.some(({ ratingDelta }) => ratingDelta !== undefined);
  if (isRating && !isRated)
    return { player: id, field, found, expected: undefined, how: 'none of the matches was rated' };
  const dropped = Number(fields.get(older + field) ?? 0);
  const first = isRating ? newcomer.rating : 0;
  const expected = first + dropped + sum;
  if (Number(found ?? 0) === expected) return undefined;
  const before = `${isRating ? `${first} + ` : ''}${older}${field} ${dropped}`;
  const how = `${before} + ${sum} of ${games.length} matches in the history`;
  return { player: id, field, found, expected, how };
}

/** The sums of older matches say of the same number of matches how they ended; of none they say nothing. */
function olderDifference({ id, fields }: RecordedPlayer): Difference | undefined {
  const sum = (name: string) => Number(fields.get(older + name) ?? 0);
  const matches = sum('matches');
  const ended = sum('won') + sum('drawn') + sum('lost');
  if (matches !== ended) {
    const how = `it is ${older}won + ${older}drawn + ${older}lost`;
    return { player: id, field: `${older}matches`, found: matches, expected: ended, how };
  }
  const field = matches === 0 && [...fields.keys()].find((name) => name.startsWith(older));
  if (!field) return undefined;
  const how = 'the history has dropped no match';
  return { player: id, field, found: fields.get(field), expected: undefined, how };
}
