import { expect, test } from 'vitest';
import { checkNotices } from './notices.ts';

const told = (playerId: string, roomId: string) => JSON.stringify({ type: 'match', playerId, roomId });
const players = ['a', 'b', 'c', 'd'];
const right = [told('a', 'x'), told('c', 'y'), told('b', 'x'), told('d', 'y')];

test('is content when each was told of one room, two of each', () => {
  expect(() => checkNotices(right, players)).not.toThrow();
});

test.each([
  ['somebody was told nothing', right.slice(1), /1 players were told nothing, a for one/],
  ['somebody was told twice', [...right, told('a', 'x')], /a was told twice/],
  ['somebody else was told', [...right, told('e', 'z')], /not in the queue/],
  ['three are in a room', [...right.slice(0, 3), told('d', 'x')], /room x was told to 3 players/],
  ['it is another notice', [JSON.stringify({ type: 'takeover', playerId: 'a', connection: 1 })], /takeover/],
])('says so when %s', (_, texts, message) => {
  expect(() => checkNotices(texts, players)).toThrow(message);
});
