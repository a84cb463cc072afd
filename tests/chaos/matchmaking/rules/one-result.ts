import type { ResultEntry } from '../../history.ts';
import type { Room, Story } from '../story.ts';
import type { Violation } from './violation.ts';

const rule = 'a match is recorded once for each of its players, as it ended';
/** So many results of a player are kept: what is older is not known any more. */
const mostKept = 100;
/** The rating of whoever has never played. */
const firstRating = 1_500;

export function oneResult(story: Story): Violation[] {
  const { results } = story.records;
  return [
    ...[...story.rooms.values()].flatMap((room) => recorded(story, room)),
    ...Object.keys(results).flatMap((player) => totals(story, player)),
  ];
}

function recorded(story: Story, { id, game, starts, overs }: Room): Violation[] {
  if (game?.phase !== 'over') return [];
  return (['p1', 'p2'] as const).flatMap((role): Violation[] => {
    const player = game[role] ?? '';
    const list = story.records.results[player] ?? [];
    const entries = list.filter(({ gameId }) => gameId === id);
    const excerpt = [...starts, ...overs].filter((frame) => frame.player === player).slice(-1);
    if (entries.length === 0 && list.length >= mostKept) return [];
    if (entries.length !== 1) {
      return [{ rule, what: `${id} is ${entries.length} times in the history of ${player}`, excerpt }];
    }
    const entry = entries[0] as ResultEntry;
    const [own, other] = role === 'p1' ? [game.p1Score, game.p2Score] : [game.p2Score, game.p1Score];
    const opponent = role === 'p1' ? game.p2 : game.p1;
    const isRight =
      entry.score === Number(own) &&
      entry.opponentScore === Number(other) &&
      entry.winnerId === game.winner &&
      entry.opponent === opponent;
    if (isRight) return [];
    const what = `${id} ended ${own}:${other} for ${player}, won by ${game.winner}; recorded is ${JSON.stringify(entry)}`;
    return [{ rule, what, excerpt }];
  });
}

function totals(story: Story, player: string): Violation[] {
  const list = story.records.results[player] ?? [];
  if (list.length >= mostKept) return [];
  const sum = (of: (entry: ResultEntry) => number) => list.reduce((total, entry) => total + of(entry), 0);
  const isRated = list.some(({ ratingDelta }) => ratingDelta !== undefined);
  const expected = {
    matches: list.length,
    points: sum(({ score }) => score),
    ...(isRated && { rating: firstRating + sum(({ ratingDelta }) => ratingDelta ?? 0) }),
  };
  return Object.entries(expected)
    .filter(([field, value]) => Number(story.records.players[player]?.[field] ?? 0) !== value)
    .map(([field, value]) => {
      const what = `${player} has ${field} ${story.records.players[player]?.[field]}, their list adds up to ${value}`;
      return { rule, what, excerpt: [] };
    });
}
