/** What is recorded of matches played, for showing; the game-ticker writes it. */
import {
  type History,
  HistoryGame,
  type Leaderboard,
  type LeaderboardName,
} from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { isoWeek } from '@overcookied/shared/week.ts';

const historyRows = 20;

/** The best players of all time or of this week (by UTC), highest score first. */
export async function readLeaderboard(
  records: Valkey,
  board: LeaderboardName,
  limit: number,
): Promise<Leaderboard> {
  const period = board === 'weekly' ? `weekly:${isoWeek(Date.now())}` : board;
  const flat = await records.zrevrange(keys.leaderboard(period), 0, limit - 1, 'WITHSCORES');
  const rows = Array.from({ length: flat.length / 2 }, (_, i) => ({
    id: flat[2 * i] ?? '',
    score: Number(flat[2 * i + 1]),
  }));
  return Promise.all(
    rows.map(async ({ id, score }) => {
      const [name, picture] = await records.hmget(keys.player(id), 'name', 'picture');
      return { name: name ?? '', picture: picture ?? '', score };
    }),
  );
}

/** A player's latest matches, newest first. */
export async function readHistory(records: Valkey, playerId: string): Promise<History> {
  const [entries, total] = await Promise.all([
    records.lrange(keys.history(playerId), 0, historyRows - 1),
    records.hget(keys.player(playerId), 'matches'),
  ]);
  return {
    games: entries.map((entry) => HistoryGame.parse(JSON.parse(entry))),
    totalCount: Number(total ?? 0),
  };
}
