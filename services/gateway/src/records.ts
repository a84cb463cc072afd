/** What is recorded of matches played, for showing; the game-ticker writes it. */
import {
  type History,
  HistoryGame,
  type Leaderboard,
  type LeaderboardName,
  type Place,
  type Profile,
} from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { newcomer, type Standing } from '@overcookied/shared/rating.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { isoWeek } from '@overcookied/shared/week.ts';

const historyRows = 20;

/** The best players of all time or of this week (by UTC), highest score first. */
export async function readLeaderboard(
  records: Valkey,
  board: LeaderboardName,
  limit: number,
): Promise<Leaderboard> {
  const flat = await records.zrevrange(boardKey(board), 0, limit - 1, 'WITHSCORES');
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

/** Where a player stands on a board, in the order in which `readLeaderboard` lists it. */
export async function readPlace(records: Valkey, board: LeaderboardName, playerId: string): Promise<Place> {
  const key = boardKey(board);
  const [rank, score, players] = await Promise.all([
    records.zrevrank(key, playerId),
    records.zscore(key, playerId),
    records.zcard(key),
  ]);
  return rank === null || score === null ? { players } : { place: rank + 1, score: Number(score), players };
}

const boardKey = (board: LeaderboardName): string =>
  keys.leaderboard(board === 'weekly' ? `weekly:${isoWeek(Date.now())}` : board);

/** What a player's record says to whoever finds them an opponent. */
export interface PlayerRecord {
  standing: Standing;
  /** Player id of whoever the player met last. */
  lastOpponent: string | undefined;
}

/** What is recorded of a player for pairing; of a new one, what everyone begins with. */
export async function readRecord(records: Valkey, playerId: string): Promise<PlayerRecord> {
  const [rating, deviation, lastOpponent] = await records.hmget(
    keys.player(playerId),
    'rating',
    'deviation',
    'lastOpponent',
  );
  return {
    standing: {
      rating: Number(rating ?? newcomer.rating),
      deviation: Number(deviation ?? newcomer.deviation),
    },
    lastOpponent: lastOpponent ?? undefined,
  };
}

/** A player's rating and totals. */
export async function readProfile(
  records: Valkey,
  { id, name, picture }: Pick<Profile, 'id' | 'name' | 'picture'>,
): Promise<Profile> {
  const fields = ['rating', 'matches', 'won', 'drawn', 'lost', 'points'] as const;
  const values = await records.hmget(keys.player(id), ...fields);
  const [rating, matches, won, drawn, lost, points] = values;
  return {
    id,
    name,
    picture,
    rating: Number(rating ?? newcomer.rating),
    matches: Number(matches ?? 0),
    won: Number(won ?? 0),
    drawn: Number(drawn ?? 0),
    lost: Number(lost ?? 0),
    points: Number(points ?? 0),
  };
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
