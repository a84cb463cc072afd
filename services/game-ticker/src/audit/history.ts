/** Whether a player's history is one: no game twice, each entry right in itself. */
import type { HistoryGame } from '@overcookied/shared/api.ts';
import type { Difference } from './difference.ts';
import type { RecordedPlayer } from './recorded-player.ts';

export function historyDifference({ id, games, unreadable }: RecordedPlayer): Difference | undefined {
  const [found] = unreadable;
  if (found !== undefined)
    return { player: id, field: 'history', found, expected: 'a match', how: 'an entry that cannot be read' };
  const seen = new Set<string>();
  for (const [i, game] of games.entries()) {
    const place = `entry ${i + 1} of ${games.length} in the history, newest first`;
    const field = `game ${game.gameId}`;
    if (seen.has(game.gameId)) {
      return { player: id, field, found: 'twice', expected: 'once', how: `the second is ${place}` };
    }
    seen.add(game.gameId);
    const wrong = wrongIn(id, game);
    if (wrong) return { player: id, how: place, ...wrong, field: `${wrong.field} of ${field}` };
  }
  return undefined;
}

/** What an entry says that cannot be, if the rest of it is right. */
function wrongIn(
  id: string,
  game: HistoryGame,
): (Pick<Difference, 'field' | 'found' | 'expected'> & { how?: string }) | undefined {
  const { playerId, opponent, winnerId, won, score, opponentScore, reason, ratingDelta = 0 } = game;
  if (playerId !== id) return { field: 'playerId', found: playerId, expected: id };
  if (opponent === id) return { field: 'opponent', found: opponent, expected: 'somebody else' };
  if (![id, opponent, 'draw'].includes(winnerId)) {
    return { field: 'winnerId', found: winnerId, expected: `${id}, ${opponent} or draw` };
  }
  if (won !== (winnerId === id)) {
    return { field: 'won', found: String(won), expected: String(!won), how: `winnerId is ${winnerId}` };
  }
  const byScore = score === opponentScore ? 'draw' : score > opponentScore ? id : opponent;
  if (reason === '' && winnerId !== byScore) {
    const how = `it ended ${score}:${opponentScore} when its time was over`;
    return { field: 'winnerId', found: winnerId, expected: byScore, how };
  }
  const isWrongWay = won ? ratingDelta < 0 : winnerId === opponent && ratingDelta > 0;
  if (!isWrongWay) return undefined;
  return { field: 'ratingDelta', found: ratingDelta, expected: won ? 'no less than 0' : 'no more than 0' };
}
