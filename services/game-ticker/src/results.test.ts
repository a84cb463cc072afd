import { keys } from '@overcookied/shared/keys.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { isoWeek, weekMs } from '@overcookied/shared/week.ts';
import { expect, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { record } from './results.ts';

const now = Date.now();

const result = (roomId: string, p1: number, p2: number, endedAt = now): MatchResult => ({
  roomId,
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

test('the latest hundred matches are kept', async () => {
  const valkey = await testValkey();
  for (let i = 0; i < 105; i++) await record(valkey, result(`room-${i}`, 1, 0));
  expect(await valkey.llen(keys.history('ada'))).toBe(100);
  expect(JSON.parse((await valkey.lindex(keys.history('ada'), 0)) ?? '{}')).toMatchObject({
    gameId: 'room-104',
  });
  expect(await valkey.hget(keys.player('ada'), 'matches')).toBe('105');
});
