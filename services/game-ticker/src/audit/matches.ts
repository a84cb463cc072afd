/** Whether a match is recorded alike for both of its players. */
import type { HistoryGame } from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { recordedKnownMs } from '../results.ts';
import type { Difference } from './difference.ts';
import { provenanceOf, type RecordedPlayer, readPlayer } from './recorded-player.ts';

/** Clocks that differ, and the time between two reads, in ms. */
const slackMs = 60_000;

/** A match as one of its players has it. */
export interface Half {
  gameId: string;
  player: string;
  opponent: string;
  /** What the other's half must say as well. */
  facts: string;
}

/** @param player whose entry it is: the one string for all of a player's halves, of which there may be very many */
export function halfOf(game: HistoryGame, player: string): Half {
  const { gameId, opponent, score, opponentScore, winnerId, reason, timestamp, ratingDelta } = game;
  const isFirst = player < opponent;
  const [first, second] = isFirst ? [score, opponentScore] : [opponentScore, score];
  const winner = winnerId === 'draw' ? 'draw' : (winnerId === player) === isFirst ? 'first' : 'second';
  // Joined, since a string made of a template would keep all its parts.
  const facts = [first, second, winner, reason, timestamp, ratingDelta === undefined].join(' ');
  return { gameId, player, opponent, facts };
}

/** What is to be learned of a match from the other side: `gone` means that its history has had to drop it. */
export type OtherHalf = 'same' | 'gone' | 'missing' | 'different';

/** @param opponent as just read */
export async function otherHalf(records: Valkey, half: Half, opponent: RecordedPlayer): Promise<OtherHalf> {
  const game = findGame(opponent, half.gameId);
  if (game)
    return halfOf(game, opponent.id).facts === half.facts && game.opponent === half.player
      ? 'same'
      : 'different';
  // Without sums of its own of what it dropped, a history may have dropped anything.
  if (provenanceOf(opponent) !== 'whole') return 'gone';
  if (Number(opponent.fields.get('olderMatches') ?? 0) === 0) return 'missing';
  const endedAt = await records.zscore(keys.recorded(half.player), half.gameId);
  const isKnown = endedAt !== null && Number(endedAt) > Date.now() - recordedKnownMs + slackMs;
  const mark = await records.zscore(keys.recorded(half.opponent), half.gameId);
  return isKnown && mark === null ? 'missing' : 'gone';
}

/** What the two players' entries of a match disagree about; both read anew. */
export async function matchDifference(
  records: Valkey,
  { gameId, player, opponent }: Half,
): Promise<Difference | undefined> {
  const [one, other] = await Promise.all([readPlayer(records, player), readPlayer(records, opponent)]);
  const mine = findGame(one, gameId);
  // Dropped since it was seen.
  if (!mine) return undefined;
  const field = `game ${gameId}`;
  const outcome = await otherHalf(records, halfOf(mine, player), other);
  if (outcome === 'same' || outcome === 'gone') return undefined;
  const theirs = findGame(other, gameId);
  if (outcome === 'missing' || !theirs) {
    const how = `it is in the history of ${player}, and this one has had no need to drop it`;
    return { player: opponent, field, found: undefined, expected: 'a match', how };
  }
  const isRated = ({ ratingDelta }: HistoryGame) => (ratingDelta === undefined ? 'not rated' : 'rated');
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
  const how = `${theirName} of the same game in the history of ${opponent}`;
  return { player, field: `${name} of ${field}`, found, expected, how };
}

const findGame = ({ games }: RecordedPlayer, gameId: string) => games.find((game) => game?.gameId === gameId);
