/** Records results: history, totals and leaderboards, each exactly once however often a result comes. */
import type { HistoryGame } from '@overcookied/shared/api.ts';
import { UnrecoverableError } from '@overcookied/shared/jobs.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { ratingChangesOf } from '@overcookied/shared/match/state.ts';
import { newcomer } from '@overcookied/shared/rating.ts';
import { Script } from '@overcookied/shared/script.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { isoWeek, weekMs, weekNumber, weekStart, weeksKept } from '@overcookied/shared/week.ts';

const recordScript = new Script<[number, number, number, number | null] | null>(
  'record',
  [new URL('record.lua', import.meta.url)],
  3,
);
const putRatingScript = new Script<null>('put_rating', [new URL('put-rating.lua', import.meta.url)], 2);

/** So many of a player's matches are listed; what is older is kept as sums. */
export const historyKept = 100;

/**
 * For so long after its end it is known whether a match is recorded, in ms; after that it is not recorded any more.
 * Longer than a result is tried, so that there is time to see to one that failed.
 */
export const recordedKnownMs = 2 * weekMs;

/** The match as one of its players will see it in the history. */
function historyGame(result: MatchResult, role: 'p1' | 'p2', ratingDelta?: number): HistoryGame {
  const player = result[role];
  const opponent = result[role === 'p1' ? 'p2' : 'p1'];
  return {
    gameId: result.roomId,
    playerId: player.id,
    opponent: opponent.id,
    score: player.score,
    opponentScore: opponent.score,
    won: result.winner === player.id,
    winnerId: result.winner,
    reason: result.reason,
    timestamp: Math.floor(result.endedAt / 1000),
    playerName: player.name,
    playerPicture: player.picture,
    opponentName: opponent.name,
    opponentPicture: opponent.picture,
    ratingDelta,
  };
}

/**
 * Records a match for both players.
 *
 * A player's history, totals and rating change in one script, which knows what it has recorded. The leaderboards
 * are in other hash slots: they are set to the totals, never added to, and only ever to later ones, so that doing it
 * again, or late, changes nothing.
 *
 * @throws UnrecoverableError when it ended longer ago than it is known what is recorded
 * @throws ReplyError, Error when Valkey cannot do it: it is to be tried again
 */
export async function record(records: Valkey, result: MatchResult): Promise<void> {
  const changes = ratingChangesOf(result, result.winner);
  const week = isoWeek(result.endedAt);
  const weekly = keys.leaderboard(`weekly:${week}`);
  const known = [result.endedAt, recordedKnownMs];
  const kept = [historyKept, isoWeek(Date.now() - weeksKept * weekMs)];
  await Promise.all(
    (['p1', 'p2'] as const).map(async (role) => {
      const { id } = result[role];
      const change = changes?.[role];
      // Players are not shown the week; the script would have to reckon it from the time.
      const entry = JSON.stringify({ ...historyGame(result, role, change?.delta), week });
      const totals = await recordScript.run(
        records,
        [keys.player(id), keys.history(id), keys.recorded(id)],
        ...[entry, ...known, ...kept, newcomer.rating, newcomer.deviation, change?.factor ?? 1],
      );
      if (!totals) {
        const ended = new Date(result.endedAt).toISOString();
        throw new UnrecoverableError(
          `the match ended ${ended}: it is not known any more whether it is recorded`,
        );
      }
      const [points, weekPoints, matches, rating] = totals;
      await Promise.all([
        records.zadd(keys.leaderboard('alltime'), 'GT', points, id),
        records.zadd(weekly, 'GT', weekPoints, id),
        rating === null ? undefined : putRating(records, id, rating, matches),
      ]);
    }),
  );
  await records.pexpireat(weekly, weekStart(weekNumber(result.endedAt) + 1) + weeksKept * weekMs);
}

/** Ratings fall as well as rise: it is the number of matches behind it that says which of two is the later. */
function putRating(records: Valkey, playerId: string, rating: number, matches: number): Promise<null> {
  return putRatingScript.run(
    records,
    [keys.leaderboard('rating'), keys.ratedMatches],
    playerId,
    rating,
    matches,
  );
}
