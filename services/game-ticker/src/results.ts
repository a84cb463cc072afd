/** Records results: history, totals and leaderboards, each exactly once however often a result comes. */
import type { HistoryGame } from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { ratingChangesOf } from '@overcookied/shared/match/state.ts';
import { newcomer, type RatingChange } from '@overcookied/shared/rating.ts';
import { Script } from '@overcookied/shared/script.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { isoWeek, weekMs, weeksKept } from '@overcookied/shared/week.ts';

const recordScript = new Script<[number, number, number | null]>(
  'record',
  [new URL('record.lua', import.meta.url)],
  2,
);

/** A rating is read again after it was put on its board, so often at most, to see that it is still that. */
const boardTries = 5;

/** The match as one of its players will see it in the history. */
export function historyGame(result: MatchResult, role: 'p1' | 'p2', ratingDelta?: number): HistoryGame {
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
 * A player's history, totals and rating change in one script, which knows a match that it has recorded. The
 * leaderboards are in other hash slots: they are set to the totals, never added to, and only ever upwards, so
 * that doing it again, or late, changes nothing.
 */
export async function record(records: Valkey, result: MatchResult): Promise<void> {
  const changes = ratingChangesOf(result, result.winner);
  const week = isoWeek(result.endedAt);
  const oldestWeek = isoWeek(result.endedAt - weeksKept * weekMs);
  const weekly = keys.leaderboard(`weekly:${week}`);
  await Promise.all(
    (['p1', 'p2'] as const).map(async (role) => {
      const { id, name, picture, score } = result[role];
      const opponent = result[role === 'p1' ? 'p2' : 'p1'].id;
      const change = changes?.[role];
      const outcome = result.winner === 'draw' ? 'drawn' : result.winner === id ? 'won' : 'lost';
      const entry = JSON.stringify(historyGame(result, role, change?.delta));
      const [points, weekPoints, rating] = await recordScript.run(
        records,
        [keys.player(id), keys.history(id)],
        ...[result.roomId, entry, score, outcome, name, picture, week, oldestWeek, opponent],
        ...ratingArguments(change),
      );
      await Promise.all([
        records.zadd(keys.leaderboard('alltime'), 'GT', points, id),
        records.zadd(weekly, 'GT', weekPoints, id),
        rating === null ? undefined : putOnRatingBoard(records, id, rating),
      ]);
    }),
  );
  await records.pexpire(weekly, weeksKept * weekMs);
}

/** What the script needs to change a rating; nothing when the match is not rated. */
function ratingArguments(change: RatingChange | undefined): number[] {
  return change ? [change.delta, change.factor, newcomer.rating, newcomer.deviation] : [];
}

/**
 * Ratings fall as well as rise, and two results of a player may be recorded at once: whoever wrote last could have
 * written the older rating. So each looks again after writing; the one who finds another rating puts it right.
 */
async function putOnRatingBoard(records: Valkey, playerId: string, rating: number): Promise<void> {
  let latest = rating;
  for (let tries = 0; tries < boardTries; tries++) {
    await records.zadd(keys.leaderboard('rating'), latest, playerId);
    const now = Number(await records.hget(keys.player(playerId), 'rating'));
    if (now === latest) return;
    latest = now;
  }
}
