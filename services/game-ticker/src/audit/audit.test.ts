import { setTimeout as sleep } from 'node:timers/promises';
import type { HistoryGame } from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { isoWeek, weekMs } from '@overcookied/shared/week.ts';
import { describe, expect, test } from 'vitest';
import { eventually } from '../../../../tests/support/eventually.ts';
import { testValkey } from '../../../../tests/support/valkey.ts';
import { record } from '../results.ts';
import { audit, type Report } from './audit.ts';
import { differenceText } from './difference.ts';
import { reportText } from './report-text.ts';

const now = Date.now();
const thisWeek = `weekly:${isoWeek(now)}`;
const standing = { rating: 1_500, deviation: 250 };
const never = async () => false;

/** @param scores of the first and the second player */
function result(roomId: string, [one, two]: [string, string], scores: [number, number]): MatchResult {
  const [p1, p2] = scores;
  const side = (id: string, score: number) => ({ id, name: id, picture: '', score, standing });
  const winner = p1 === p2 ? 'draw' : p1 > p2 ? one : two;
  return { roomId, mode: 'ranked', p1: side(one, p1), p2: side(two, p2), winner, reason: '', endedAt: now };
}

function unrated(...match: Parameters<typeof result>): MatchResult {
  const { p1, ...rest } = result(...match);
  return { ...rest, p1: { ...p1, standing: undefined } };
}

/** Ada and Bo have more matches than a history lists, Cy a few. */
async function fill(valkey: Valkey): Promise<void> {
  for (let i = 0; i < 104; i++) await record(valkey, result(`ab-${i}`, ['ada', 'bo'], [i % 4, 2]));
  await record(valkey, { ...result('last-week', ['ada', 'cy'], [3, 1]), endedAt: now - weekMs });
  await record(valkey, result('ac', ['ada', 'cy'], [6, 8]));
  await record(valkey, { ...result('quit', ['ada', 'cy'], [5, 1]), winner: 'cy', reason: 'quit' });
  await record(valkey, unrated('unrated', ['bo', 'cy'], [4, 4]));
}

async function filled(): Promise<Valkey> {
  const valkey = await testValkey();
  await fill(valkey);
  return valkey;
}

const run = (valkey: Valkey, options = {}): Promise<Report> =>
  audit(valkey, { isUnderWay: never, patienceMs: 100, ...options });

test('what was recorded adds up, and all of it was looked at', async () => {
  const valkey = await filled();
  expect(await run(valkey)).toEqual({
    players: 3,
    // Ada's has dropped seven, Bo's five; so the two that only Bo lists are half.
    entries: 100 + 100 + 4,
    halfMatches: 2,
    boards: ['alltime', 'rating', `weekly:${isoWeek(now - weekMs)}`, thisWeek],
    boardEntries: 3 + 3 + 2 + 3,
    underWay: 0,
    difference: undefined,
  });
});

test('it adds up as well when only few halves of matches are kept in memory', async () => {
  const valkey = await testValkey();
  const pairs = 600;
  for (let i = 0; i < pairs; i++)
    await record(valkey, unrated(`room-${i}`, [`one-${i}`, `two-${i}`], [1, 0]));
  for (let i = 0; i < pairs; i++) await drop(valkey, `two-${i}`);
  const report = await run(valkey, { mostHalves: 10 });
  expect(report).toMatchObject({ players: 2 * pairs, halfMatches: pairs, difference: undefined });
});

test('of a match of long ago neither the mark nor the points of its week are there any more', async () => {
  const valkey = await testValkey();
  await record(valkey, unrated('long-ago', ['ada', 'bo'], [3, 0]));
  await change('ada', 0, { timestamp: Math.floor((now - 8 * weekMs) / 1000) })(valkey);
  await drop(valkey, 'bo');
  await valkey.del(keys.recorded('ada'), keys.recorded('bo'), keys.leaderboard(thisWeek));
  for (const id of ['ada', 'bo']) await valkey.hdel(keys.player(id), `week:${isoWeek(now)}`);
  expect(await run(valkey)).toMatchObject({ entries: 1, halfMatches: 1, difference: undefined });
});

/** As if the history of a player of one match, lost without a point, had had to drop it. */
async function drop(valkey: Valkey, id: string): Promise<void> {
  await valkey.del(keys.history(id));
  await valkey.hset(keys.player(id), { 'older:matches': 1, 'older:lost': 1 });
}

/** An entry of a history, otherwise than it is. @param index 0 is the newest */
async function changed(
  valkey: Valkey,
  id: string,
  index: number,
  change: Partial<HistoryGame>,
): Promise<string> {
  const entry = (await valkey.lindex(keys.history(id), index)) ?? '{}';
  return JSON.stringify({ ...JSON.parse(entry), ...change });
}

const change = (id: string, index: number, by: Partial<HistoryGame>) => async (valkey: Valkey) =>
  valkey.lset(keys.history(id), index, await changed(valkey, id, index, by));
const add = (id: string, field: string, by: number) => (valkey: Valkey) =>
  valkey.hincrby(keys.player(id), field, by);
const put = (board: string, score: number, id: string) => (valkey: Valkey) =>
  valkey.zadd(keys.leaderboard(board), score, id);
const takeOff = (board: string, id: string) => (valkey: Valkey) => valkey.zrem(keys.leaderboard(board), id);

/** What is done to what is recorded, and the player, the field and the two values that are named. */
const tampering: [string, ((valkey: Valkey) => Promise<unknown>)[], string][] = [
  [
    'a match too many',
    [add('ada', 'matches', 1)],
    'player ada, matches: found 108, expected 107 (older:matches 7 + 100 of 100',
  ],
  ['a win too many', [add('cy', 'won', 1)], 'player cy, won: found 3, expected 2'],
  ['a draw too few', [add('cy', 'drawn', -1)], 'player cy, drawn: found 0, expected 1'],
  ['a defeat too many', [add('cy', 'lost', 2)], 'player cy, lost: found 3, expected 1'],
  [
    'points too many',
    [add('bo', 'points', 3)],
    'player bo, points: found 215, expected 212 (older:points 10 + 202 of',
  ],
  ['a rating too high', [add('cy', 'rating', 1)], 'player cy, rating: found '],
  [
    'no rating',
    [(valkey) => valkey.hdel(keys.player('cy'), 'rating')],
    'player cy, rating: found nothing, expected ',
  ],
  [
    'a rating without a rated match',
    [...[1, 2, 3].map((i) => change('cy', i, { ratingDelta: undefined as never }))],
    'expected nothing (none of the matches was rated)',
  ],
  [
    'points of this week too many',
    [add('cy', `week:${isoWeek(now)}`, 1)],
    `player cy, week:${isoWeek(now)}: found 14, expected 13`,
  ],
  [
    'points of a week forgotten too soon',
    [(valkey) => valkey.hdel(keys.player('cy'), `week:${isoWeek(now - weekMs)}`)],
    `player cy, week:${isoWeek(now - weekMs)}: found nothing, expected 1`,
  ],
  [
    'points of a week in which nobody played',
    [add('cy', 'week:2100-W01', 4)],
    'player cy, week:2100-W01: found 4, expected 0',
  ],
  ['a sum of older matches too high', [add('ada', 'older:points', 1)], 'player ada, points: found '],
  [
    'older matches that did not end',
    [add('ada', 'older:matches', 1)],
    'player ada, older:matches: found 8, expected 7',
  ],
  [
    'points of no older matches',
    [add('cy', 'older:points', 5), add('cy', 'points', 5)],
    'player cy, older:points: found 5, expected nothing (the history has dropped no match)',
  ],
  [
    'a history without its newest',
    [(valkey) => valkey.lpop(keys.history('bo'))],
    'player bo, matches: found 105, expected 104',
  ],
  ['no history', [(valkey) => valkey.del(keys.history('cy'))], 'player cy, matches: found 4, expected 0'],
  ['no player', [(valkey) => valkey.del(keys.player('cy'))], 'player cy, matches: found nothing, expected 4'],
  [
    'a game twice in a history',
    [
      async (valkey) =>
        valkey.lset(keys.history('cy'), 2, (await valkey.lindex(keys.history('cy'), 1)) ?? ''),
    ],
    'player cy, game quit: found twice, expected once',
  ],
  [
    'an entry that is none',
    [(valkey) => valkey.lset(keys.history('cy'), 1, '{"gameId":')],
    'player cy, history: found {"gameId":, expected a match',
  ],
  [
    "another player's entry",
    [change('cy', 1, { playerId: 'ada' })],
    'playerId of game quit: found ada, expected cy',
  ],
  ['a match against oneself', [change('cy', 1, { opponent: 'cy' })], 'player cy, opponent of game quit'],
  [
    'a winner who did not play',
    [change('cy', 1, { winnerId: 'bo', won: false })],
    'player cy, winnerId of game quit: found bo',
  ],
  [
    'a winner who has not won',
    [change('cy', 1, { won: false })],
    'player cy, won of game quit: found false, expected true',
  ],
  [
    'a winner with the lower score',
    [change('cy', 2, { winnerId: 'ada', won: false })],
    'player cy, winnerId of game ac: found ada, expected cy',
  ],
  [
    'a winner who lost rating',
    [change('cy', 1, { ratingDelta: -5 })],
    'player cy, ratingDelta of game quit: found -5, expected no less than 0',
  ],
  [
    "a score that is not the opponent's",
    [
      change('cy', 1, { score: 2 }),
      add('cy', 'points', 1),
      add('cy', `week:${isoWeek(now)}`, 1),
      put('alltime', 15, 'cy'),
      put(thisWeek, 14, 'cy'),
    ],
    'core of game quit: found ',
  ],
  ['a match against somebody else', [change('cy', 0, { opponent: 'ada' })], 'game unrated: found '],
  [
    'a match of which the other knows nothing',
    [
      (valkey) => valkey.lrem(keys.history('cy'), 1, '').then(() => valkey.lpop(keys.history('cy'))),
      add('cy', 'matches', -1),
      add('cy', 'drawn', -1),
      add('cy', 'points', -4),
      add('cy', `week:${isoWeek(now)}`, -4),
      put('alltime', 10, 'cy'),
      put(thisWeek, 9, 'cy'),
    ],
    'player cy, game unrated: found nothing, expected a match (it is in the history of bo',
  ],
  [
    'a match of which the other, who has had to drop some, has no mark',
    [
      (valkey) => valkey.lpop(keys.history('bo')),
      (valkey) => valkey.zrem(keys.recorded('bo'), 'unrated'),
      add('bo', 'matches', -1),
      add('bo', 'drawn', -1),
      add('bo', 'points', -4),
      add('bo', `week:${isoWeek(now)}`, -4),
      put('alltime', 208, 'bo'),
      put(thisWeek, 208, 'bo'),
    ],
    'player bo, game unrated: found nothing, expected a match (it is in the history of cy',
  ],
  [
    'too many points on the board',
    [put('alltime', 13, 'cy')],
    "player cy, board alltime: found 13, expected 14 (the player's points)",
  ],
  ['nobody on the board', [takeOff('alltime', 'cy')], 'player cy, board alltime: found nothing, expected 14'],
  [
    'nobody on the board of the week',
    [takeOff(thisWeek, 'cy')],
    `player cy, board ${thisWeek}: found nothing, expected 13`,
  ],
  [
    'another rating on the board',
    [put('rating', 1_499, 'bo')],
    'player bo, board rating: found 1499, expected ',
  ],
  [
    'a stranger on the board',
    [put('alltime', 7, 'eve')],
    'player eve, board alltime: found 7, expected nothing (there is no such player)',
  ],
  [
    'a stranger on the board of the week',
    [put(thisWeek, 7, 'eve')],
    `player eve, board ${thisWeek}: found 7, expected nothing`,
  ],
  [
    'a stranger on the board of ratings',
    [put('rating', 7, 'eve')],
    'player eve, board rating: found 7, expected nothing',
  ],
  [
    'a board of a week in which nobody played',
    [put('weekly:2100-W01', 4, 'cy')],
    'player cy, board weekly:2100-W01: found 4, expected nothing',
  ],
];

test.each(tampering)('it finds %s', async (_, steps, text) => {
  const valkey = await filled();
  for (const step of steps) await step(valkey);
  const { difference } = await run(valkey);
  expect(difference && differenceText(difference)).toContain(text);
});

describe('while the game runs', () => {
  test('a board that lags behind is looked at again', async () => {
    const valkey = await filled();
    await takeOff('alltime', 'cy')(valkey);
    const looking = run(valkey, { patienceMs: 10_000 });
    await sleep(200);
    await put('alltime', 14, 'cy')(valkey);
    expect((await looking).difference).toBeUndefined();
  });

  test('nothing is wrong with results that are recorded meanwhile', async () => {
    const valkey = await filled();
    let audits = 0;
    let recorded = 0;
    const recording = async () => {
      for (; audits < 20; recorded++) {
        const pair: [string, string] = recorded % 2 ? ['ada', 'bo'] : ['cy', `new-${recorded}`];
        await record(valkey, result(`meanwhile-${recorded}`, pair, [recorded % 5, recorded % 3]));
      }
    };
    const auditing = async () => {
      for (; audits < 20; audits++) {
        expect((await run(valkey, { patienceMs: 2_000 })).difference).toBeUndefined();
      }
    };
    await Promise.all([recording(), auditing()]);
    expect(recorded).toBeGreaterThan(100);
  });

  test('a match recorded for one player is a difference, unless its result is still in the queue', async () => {
    const valkey = await filled();
    const half = result('half', ['bo', 'dan'], [3, 1]);
    await valkey.set(keys.history('dan'), 'in the way');
    await expect(record(valkey, half)).rejects.toThrow('WRONGTYPE');
    await valkey.del(keys.history('dan'));
    await eventually(async () => (await run(valkey)).difference?.player === 'dan');
    const { difference } = await run(valkey);
    expect(difference).toMatchObject({ field: 'game half', found: undefined, expected: 'a match' });
    const report = await run(valkey, { isUnderWay: async (id: string) => id === 'half' });
    expect(report).toMatchObject({ difference: undefined, underWay: 1 });
    await record(valkey, half);
    expect(await run(valkey)).toMatchObject({ difference: undefined, underWay: 0 });
  });

  test('a board that waits for a result in the queue is no difference', async () => {
    const valkey = await filled();
    await takeOff('rating', 'cy')(valkey);
    const report = await run(valkey, { isUnderWay: async (id: string) => id === 'unrated' });
    expect(report).toMatchObject({ difference: undefined, underWay: 1 });
  });
});

test('the report tells what was looked at, and the first difference', async () => {
  const valkey = await filled();
  expect(reportText(await run(valkey), { open: 1, failed: 1_200 }, 1_234)).toBe(
    `looked at 3 players, 204 history entries, 103 matches, 11 entries of 4 leaderboards in 1.2 s
2 matches are in one player's history only: the other's lists newer ones
results in the queue: 1 to be recorded, 1,200 failed for good
everything adds up
`,
  );
  await add('cy', 'points', 1)(valkey);
  expect(reportText(await run(valkey), { open: 0, failed: 0 }, 10)).toMatch(
    /first difference: player cy, points: found 15, expected 14 \(older:points 0 \+ 14 of 4 matches in the history\)\n$/,
  );
});
