import { Stats } from '@overcookied/bot/stats.ts';
import type { HistoryGame } from '@overcookied/shared/api.ts';
import { expect, test } from 'vitest';
import { whatIsWrong } from './verdict.ts';

const game: HistoryGame = {
  gameId: 'room',
  playerId: 'left',
  opponent: 'right',
  score: 40,
  opponentScore: 30,
  won: true,
  winnerId: 'left',
  reason: '',
  timestamp: 1_700_000_000,
  playerName: 'Smoke Left',
  playerPicture: '',
  opponentName: 'Smoke Right',
  opponentPicture: '',
};
const mirrored: HistoryGame = { ...game, playerId: 'right', opponent: 'left', score: 30, opponentScore: 40 };

function match(
  change: (stats: Stats) => void = () => {},
  records: (HistoryGame | undefined)[] = [game, mirrored],
) {
  const stats = new Stats();
  stats.endReasons.add('time up');
  stats.matchesFinished = 1;
  stats.clicksCounted = 70;
  change(stats);
  return { stats, seconds: 66, seed: 1, records };
}

test('nothing is wrong with a match that ran its time, lost no click and is recorded for both', () => {
  expect(whatIsWrong(match())).toEqual([]);
});

test.each<[string, (stats: Stats) => void, RegExp]>([
  ['a broken promise', (stats) => (stats.violations = 2), /^2 promises/],
  ['an end that one was not told', (stats) => (stats.matchesGivenUp = 1), /never told of the end/],
  ['two ends', (stats) => stats.endReasons.add('time up'), /must end once.*time up 2/],
  [
    'a player who was taken for gone',
    (stats) => stats.endReasons.add('opponent_disconnected'),
    /must end once/,
  ],
  ['a lost click', (stats) => (stats.clicksLost = 1), /^1 clicks were lost/],
  ['clicks that nobody counts', (stats) => (stats.clicksCounted = 0), /no click was counted/],
])('%s', (_, change, expected) => {
  expect(whatIsWrong(match(change))).toEqual([expect.stringMatching(expected)]);
});

test.each([
  ['no record of either', [undefined, undefined], /not in the history/],
  ['a record of one', [game, undefined], /not in the history/],
  ['records of two matches', [game, { ...mirrored, gameId: 'other' }], /tell it differently/],
  ['records of two scores', [game, { ...mirrored, score: 31 }], /tell it differently/],
])('%s', (_, records, expected) => {
  expect(whatIsWrong(match(undefined, records))).toEqual([expect.stringMatching(expected)]);
});
