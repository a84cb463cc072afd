/** Records results: history, totals and leaderboards, each exactly once however often a result comes. */
import type { HistoryGame } from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { Script } from '@overcookied/shared/script.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { isoWeek, weekMs, weeksKept } from '@overcookied/shared/week.ts';

const recordScript = new Script<[number, number]>('record', [new URL('record.lua', import.meta.url)], 2);

/** The match as one of its players will see it in the history. */
export function historyGame(result: MatchResult, role: 'p1' | 'p2'): HistoryGame {
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
  };
}

/**
 * Records a match for both players.
 *
 * A player's history and totals change in one script, which knows a match that it has recorded. The
 * leaderboards are in other hash slots: they are set to the totals, never added to, and only ever upwards, so
 * that doing it again, or late, changes nothing.
 */
export async function record(records: Valkey, result: MatchResult): Promise<void> {
  const week = isoWeek(result.endedAt);
  const oldestWeek = isoWeek(result.endedAt - weeksKept * weekMs);
  const weekly = keys.leaderboard(`weekly:${week}`);
  await Promise.all(
    (['p1', 'p2'] as const).map(async (role) => {
      const { id, name, picture, score } = result[role];
      const outcome = result.winner === 'draw' ? 'drawn' : result.winner === id ? 'won' : 'lost';
      const entry = JSON.stringify(historyGame(result, role));
      const [points, weekPoints] = await recordScript.run(
        records,
        [keys.player(id), keys.history(id)],
        ...[result.roomId, entry, score, outcome, name, picture, week, oldestWeek],
      );
      await Promise.all([
        records.zadd(keys.leaderboard('alltime'), 'GT', points, id),
        records.zadd(weekly, 'GT', weekPoints, id),
      ]);
    }),
  );
  await records.pexpire(weekly, weeksKept * weekMs);
}
