import { keys } from '@overcookied/shared/keys.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { isoWeek, weekMs } from '@overcookied/shared/week.ts';
import { expect, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { record } from './results.ts';

const now = Date.now();

const result = (roomId: string, p1: number, p2: number, endedAt = now): MatchResult => ({
  roomId,
  mode: 'ranked',
  p1: { id: 'ada', name: 'Ada', picture: '', score: p1 },
  p2: { id: 'bo', name: 'Bo', picture: '', score: p2 },
  winner: p1 === p2 ? 'draw' : p1 > p2 ? 'ada' : 'bo',
  reason: '',
  endedAt,
});

test('a result is recorded once, however often and at whatever time it comes', async () => {
  const valkey = await testValkey();
  const first = result('room-1', 30, 20);
  await Promise.all(Array.from({ length: 10 }, () => record(valkey, first)));
  await record(valkey, result('room-2', 5, 5));
  await record(valkey, first);
  expect(await valkey.hgetall(keys.player('ada'))).toEqual({
    name: 'Ada',
    picture: '',
    matches: '2',
    won: '1',
    drawn: '1',
    points: '35',
    lastOpponent: 'bo',
    [`week:${isoWeek(now)}`]: '35',
  });
  expect(await valkey.hmget(keys.player('bo'), 'lost', 'drawn', 'points')).toEqual(['1', '1', '25']);
  expect(await valkey.llen(keys.history('ada'))).toBe(2);
  expect(await valkey.zrange(keys.leaderboard('alltime'), 0, '-1', 'WITHSCORES')).toEqual([
    'bo',
    '25',
    'ada',
    '35',
  ]);
});

test('what a recorder that died left undone of a result is made good', async () => {
  const valkey = await testValkey();
  await record(valkey, result('room-1', 30, 20));
  // It died between the players and the leaderboards.
  await valkey.del(keys.leaderboard('alltime'), keys.leaderboard(`weekly:${isoWeek(now)}`));
  await record(valkey, result('room-1', 30, 20));
  expect(await valkey.zscore(keys.leaderboard('alltime'), 'ada')).toBe('30');
  expect(await valkey.zscore(keys.leaderboard(`weekly:${isoWeek(now)}`), 'bo')).toBe('20');
});

test('each week has a leaderboard of its own, kept for five weeks, and players forget older ones', async () => {
  const valkey = await testValkey();
  for (let weeksAgo = 8; weeksAgo >= 0; weeksAgo--) {
    await record(valkey, result(`room-${weeksAgo}`, 1, 0, now - weeksAgo * weekMs));
  }
  const thisWeek = keys.leaderboard(`weekly:${isoWeek(now)}`);
  expect(await valkey.zscore(thisWeek, 'ada')).toBe('1');
  expect(await valkey.zscore(keys.leaderboard('alltime'), 'ada')).toBe('9');
  expect(await valkey.pttl(thisWeek)).toBeGreaterThan(5 * weekMs - 60_000);
  const weeks = (await valkey.hkeys(keys.player('ada'))).filter((field) => field.startsWith('week:'));
  expect(weeks.sort()).toEqual([5, 4, 3, 2, 1, 0].map((ago) => `week:${isoWeek(now - ago * weekMs)}`));
});

test('ratings change by the same points as the players are told, once, in whatever order results come', async () => {
  const valkey = await testValkey();
  const standings = { ada: { rating: 1_500, deviation: 250 }, bo: { rating: 1_520, deviation: 90 } };
  const rated = (roomId: string, p1: number, p2: number): MatchResult => {
    const plain = result(roomId, p1, p2);
    return {
      ...plain,
      p1: { ...plain.p1, standing: standings.ada },
      p2: { ...plain.p2, standing: standings.bo },
    };
  };
  const results = [rated('room-1', 30, 20), rated('room-2', 10, 20), rated('room-3', 5, 5)];
  await Promise.all([...results, ...results].map((each) => record(valkey, each)));
  await record(valkey, result('room-4', 9, 1));
  const deltas = async (id: string) =>
    (await valkey.lrange(keys.history(id), 0, -1)).map((json) => JSON.parse(json).ratingDelta as number);
  for (const id of ['ada', 'bo']) {
    const told = await deltas(id);
    expect(told).toHaveLength(4);
    const rating = 1_500 + told.reduce((sum, delta) => sum + (delta ?? 0), 0);
    expect(await valkey.hget(keys.player(id), 'rating')).toBe(String(rating));
    expect(await valkey.zscore(keys.leaderboard('rating'), id)).toBe(String(rating));
  }
  expect(await valkey.hget(keys.player('ada'), 'lastOpponent')).toBe('bo');
  expect(Number(await valkey.hget(keys.player('ada'), 'deviation'))).toBeLessThan(250);
});

test('a recorder that was overtaken does not leave an older rating on the board', async () => {
  const valkey = await testValkey();
  const standing = { rating: 1_500, deviation: 250 };
  const rated = (roomId: string): MatchResult => {
    const plain = result(roomId, 2, 1);
    return { ...plain, p1: { ...plain.p1, standing }, p2: { ...plain.p2, standing } };
  };
  await Promise.all(Array.from({ length: 40 }, (_, i) => record(valkey, rated(`room-${i}`))));
  for (const id of ['ada', 'bo'])
    expect(await valkey.zscore(keys.leaderboard('rating'), id)).toBe(
      await valkey.hget(keys.player(id), 'rating'),
    );
});

test('the latest hundred matches are kept', async () => {
  const valkey = await testValkey();
  for (let i = 0; i < 105; i++) await record(valkey, result(`room-${i}`, 1, 0));
  expect(await valkey.llen(keys.history('ada'))).toBe(100);
  expect(JSON.parse((await valkey.lindex(keys.history('ada'), 0)) ?? '{}')).toMatchObject({
    gameId: 'room-104',
  });
  expect(await valkey.hget(keys.player('ada'), 'matches')).toBe('105');
});
