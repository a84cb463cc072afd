/** Whether a player's totals are the sum of their matches. */
import type { HistoryGame } from '@overcookied/shared/api.ts';
import { newcomer } from '@overcookied/shared/rating.ts';
import { isoWeek, weekNumber, weekStart } from '@overcookied/shared/week.ts';
import type { Difference } from './difference.ts';
import { provenanceOf, type RecordedPlayer } from './recorded-player.ts';

const outcomes = { won: 'olderWon', drawn: 'olderDrawn', lost: 'olderLost' } as const;
const weekField = 'week:';
const olderWeekField = 'olderWeek:';

/**
 * The first of a player's totals that is not the sum of older matches and those listed.
 *
 * @param oldestWeek label of the oldest week of which points are kept
 */
export function totalsDifference(player: RecordedPlayer, oldestWeek: string): Difference | undefined {
  if (provenanceOf(player) === 'unknown') return undefined;
  return (
    olderDifference(player) ??
    countsDifference(player) ??
    ratingDifference(player) ??
    weeksDifference(player, oldestWeek)
  );
}

const number = ({ fields }: RecordedPlayer, field: string) => Number(fields.get(field) ?? 0);
const listed = ({ games }: RecordedPlayer) => games.filter((game) => game !== undefined);
const sumOf = (games: HistoryGame[], of: (game: HistoryGame) => number) =>
  games.reduce((sum, game) => sum + of(game), 0);

function outcomeOf(game: HistoryGame): keyof typeof outcomes {
  return game.winnerId === 'draw' ? 'drawn' : game.won ? 'won' : 'lost';
}

/** The sums of older matches say of the same number of matches how they ended; of none they say nothing. */
function olderDifference(player: RecordedPlayer): Difference | undefined {
  const { id: playerId, fields } = player;
  const matches = number(player, 'olderMatches');
  const ended = Object.values(outcomes).reduce((sum, field) => sum + number(player, field), 0);
  if (ended !== matches) {
    const how = `it is olderWon + olderDrawn + olderLost = ${ended}`;
    return {
      player: playerId,
      field: 'olderMatches',
      found: fields.get('olderMatches'),
      expected: ended,
      how,
    };
  }
  if (matches > 0) return undefined;
  for (const [field, value] of fields) {
    if (field.startsWith('older') && Number(value) !== 0)
      return { player: playerId, field, found: value, expected: 0, how: 'olderMatches is 0' };
  }
  return undefined;
}

function countsDifference(player: RecordedPlayer): Difference | undefined {
  const games = listed(player);
  const sums = { won: 0, drawn: 0, lost: 0 };
  for (const game of games) sums[outcomeOf(game)]++;
  const points = sumOf(games, ({ score }) => score);
  return (
    sumDifference(player, 'matches', 'olderMatches', games.length) ??
    sumDifference(player, 'won', outcomes.won, sums.won) ??
    sumDifference(player, 'drawn', outcomes.drawn, sums.drawn) ??
    sumDifference(player, 'lost', outcomes.lost, sums.lost) ??
    sumDifference(player, 'points', 'olderPoints', points)
  );
}

function sumDifference(
  player: RecordedPlayer,
  field: string,
  olderField: string,
  sum: number,
): Difference | undefined {
  const older = number(player, olderField);
  const expected = older + sum;
  if (number(player, field) === expected) return undefined;
  const how = `${olderField} ${older} + ${sum} of ${player.games.length} matches in the history`;
  return { player: player.id, field, found: player.fields.get(field), expected, how };
}

function ratingDifference(player: RecordedPlayer): Difference | undefined {
  const { id, fields } = player;
  const rated = listed(player).filter(({ ratingDelta }) => ratingDelta !== undefined);
  const found = fields.get('rating');
  if (rated.length === 0 && !fields.has('olderRating')) {
    if (found === undefined) return undefined;
    return { player: id, field: 'rating', found, expected: undefined, how: 'none of the matches was rated' };
  }
  const older = number(player, 'olderRating');
  const sum = sumOf(rated, ({ ratingDelta }) => ratingDelta ?? 0);
  const expected = newcomer.rating + older + sum;
  if (found !== undefined && Number(found) === expected) return undefined;
  const how = `${newcomer.rating} + olderRating ${older} + ${sum} of ${rated.length} rated matches in the history`;
  return { player: id, field: 'rating', found, expected, how };
}

function weeksDifference(player: RecordedPlayer, oldestWeek: string): Difference | undefined {
  const sums = new Map<string, number>();
  for (const { timestamp, score } of listed(player)) {
    const label = labelOf(timestamp * 1000);
    sums.set(label, (sums.get(label) ?? 0) + score);
  }
  for (const field of player.fields.keys()) {
    const label = field.startsWith(weekField)
      ? field.slice(weekField.length)
      : field.startsWith(olderWeekField)
        ? field.slice(olderWeekField.length)
        : undefined;
    if (label !== undefined && !sums.has(label)) sums.set(label, 0);
  }
  for (const [label, sum] of sums) {
    const isForgotten = label < oldestWeek && !player.fields.has(weekField + label);
    const difference = sumDifference(player, weekField + label, olderWeekField + label, sum);
    if (difference && !isForgotten) return difference;
  }
  return undefined;
}

/** Millions of matches are of a few weeks. */
const labels = new Map<number, string>();
function labelOf(at: number): string {
  const week = weekNumber(at);
  const label = labels.get(week) ?? isoWeek(weekStart(week));
  labels.set(week, label);
  return label;
}
