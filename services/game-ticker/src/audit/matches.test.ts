import type { HistoryGame } from '@overcookied/shared/api.ts';
import { expect, test } from 'vitest';
import { entryDifference } from './matches.ts';

const faces = { playerName: '', playerPicture: '', opponentName: '', opponentPicture: '' };
const match = { gameId: 'room-1', winnerId: 'ada', reason: 'quit', timestamp: 1_700_000_000, ...faces };
const ada: HistoryGame = {
  ...match,
  ...{ playerId: 'ada', opponent: 'bo', score: 1, opponentScore: 2, won: true, ratingDelta: 9 },
};
const bo: HistoryGame = {
  ...match,
  ...{ playerId: 'bo', opponent: 'ada', score: 2, opponentScore: 1, won: false, ratingDelta: -8 },
};

test('two entries of a match say the same, each from its side', () => {
  expect([entryDifference(ada, bo), entryDifference(bo, ada)]).toEqual([undefined, undefined]);
});

test.each([
  ['opponent', { opponent: 'cy' }, 'cy', 'bo'],
  ['playerId', { playerId: 'cy' }, 'cy', 'ada'],
  ['score', { score: 3 }, 3, 1],
  ['opponentScore', { opponentScore: 3 }, 3, 2],
  ['winnerId', { winnerId: 'bo' }, 'bo', 'ada'],
  ['reason', { reason: '' }, '', 'quit'],
  ['timestamp', { timestamp: 1_700_000_001 }, 1_700_000_001, 1_700_000_000],
  ['ratingDelta', { ratingDelta: undefined as never }, 'not rated', 'rated'],
])('an entry with another %s is different', (field, change, found, expected) => {
  expect(entryDifference({ ...ada, ...change }, bo)).toMatchObject({
    field: `${field} of game room-1`,
    found,
    expected,
  });
});
