/** Whether a match is the same in the histories of both its players. */
import type { HistoryGame } from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { recordedKnownMs } from '../results.ts';
import type { Difference } from './difference.ts';
import { type RecordedPlayer, readPlayer } from './recorded-player.ts';

/** Clocks that differ, and the time between two reads, in ms. */
const slackMs = 60_000;

const isRated = ({ ratingDelta }: HistoryGame) => (ratingDelta === undefined ? 'not rated' : 'rated');

/** What one player's entry of a match says otherwise than the other's. */
export function entryDifference(mine: HistoryGame, theirs: HistoryGame): Difference | undefined {
  const pairs = [
    ['opponent', mine.opponent, theirs.playerId, 'playerId'],
    ['playerId', mine.playerId, theirs.opponent, 'opponent'],
    ['score', mine.score, theirs.opponentScore, 'opponentScore'],
    ['opponentScore', mine.opponentScore, theirs.score, 'score'],
    ['winnerId', mine.winnerId, theirs.winnerId, 'winnerId'],
    ['reason', mine.reason, theirs.reason, 'reason'],
    ['timestamp', mine.timestamp, theirs.timestamp, 'timestamp'],
    ['ratingDelta', isRated(mine), isRated(theirs), 'ratingDelta'],
  ] as const;
  const unequal = pairs.find(([, found, expected]) => found !== expected);
  if (!unequal) return undefined;
  const [name, found, expected, theirName] = unequal;
  const how = `${theirName} of the same game in the history of ${theirs.playerId}`;
  return { player: mine.playerId, field: `${name} of game ${mine.gameId}`, found, expected, how };
}

/** Whether the opponent, whose history does not list this match, may have had to drop it. */
export async function isDropped(
  records: Valkey,
  { gameId, timestamp }: HistoryGame,
  { id, fields }: RecordedPlayer,
): Promise<boolean> {
  if (!fields.has('older:matches')) return false;
  if (timestamp * 1000 < Date.now() - recordedKnownMs + slackMs) return true;
  return (await records.zscore(keys.recorded(id), gameId)) !== null;
}

/** What the histories of both players say differently of a match; both are read anew. */
export async function matchDifference(
  records: Valkey,
  { gameId, playerId, opponent }: HistoryGame,
): Promise<Difference | undefined> {
  const [one, other] = await Promise.all([readPlayer(records, playerId), readPlayer(records, opponent)]);
  const [mine, theirs] = [one, other].map(({ games }) => games.find((game) => game.gameId === gameId));
  // Dropped since it was seen.
  if (!mine) return undefined;
  if (theirs) return entryDifference(mine, theirs);
  if (await isDropped(records, mine, other)) return undefined;
  const how = `it is in the history of ${playerId}, and this one has had no need to drop it`;
  return { player: opponent, field: `game ${gameId}`, found: undefined, expected: 'a match', how };
}
