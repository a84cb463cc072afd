import { UnrecoverableError } from '@overcookied/shared/jobs.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { isoWeek, weekMs, weekNumber, weekStart } from '@overcookied/shared/week.ts';
import { expect, onTestFinished, test } from 'vitest';
import { freshValkeyUrl, openValkey, testValkey } from '../../../tests/support/valkey.ts';
import { ValkeyProxy } from '../../../tests/support/valkey-proxy.ts';
import { record } from './results.ts';

const now = Date.now();
const dayMs = 86_400_000;

const result = (roomId: string, p1: number, p2: number, endedAt = now): MatchResult => ({
  roomId,
  mode: 'ranked',
  p1: { id: 'ada', name: 'Ada', picture: '', score: p1 },
  p2: { id: 'bo', name: 'Bo', picture: '', score: p2 },
  winner: p1 === p2 ? 'draw' : p1 > p2 ? 'ada' : 'bo',
  reason: '',
  endedAt,
});

const standings = { ada: { rating: 1_500, deviation: 250 }, bo: { rating: 1_520, deviation: 90 } };

function rated(roomId: string, p1: number, p2: number): MatchResult {
  const plain = result(roomId, p1, p2);
  return {
    ...plain,
    p1: { ...plain.p1, standing: standings.ada },
    p2: { ...plain.p2, standing: standings.bo },
  };
}

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
  const labels = [8, 7, 6, 5, 4, 3, 2].map((ago) => isoWeek(now - ago * weekMs));
  for (const label of labels)
    await valkey.hset(keys.player('ada'), { [`week:${label}`]: 1, [`older:week:${label}`]: 1 });
  await record(valkey, result('room-1', 1, 0, now - weekMs));
  await record(valkey, result('room-0', 1, 0, now));
  const thisWeek = keys.leaderboard(`weekly:${isoWeek(now)}`);
  expect(await valkey.zscore(thisWeek, 'ada')).toBe('1');
  expect(await valkey.zscore(keys.leaderboard('alltime'), 'ada')).toBe('2');
  const keptUntil = weekStart(weekNumber(now) + 1) + 5 * weekMs;
  expect(await valkey.pexpiretime(thisWeek)).toBe(keptUntil);
  // Late results keep the board of their week no longer.
  expect(await valkey.pexpiretime(keys.leaderboard(`weekly:${isoWeek(now - weekMs)}`))).toBe(
    keptUntil - weekMs,
  );
  const fields = await valkey.hkeys(keys.player('ada'));
  const left = (kind: string) => fields.filter((field) => field.startsWith(kind)).sort();
  expect(left('week:')).toEqual([5, 4, 3, 2, 1, 0].map((ago) => `week:${isoWeek(now - ago * weekMs)}`));
  expect(left('older:week:')).toEqual([5, 4, 3, 2].map((ago) => `older:week:${isoWeek(now - ago * weekMs)}`));
});

test('ratings change by the same points as the players are told, once, in whatever order results come', async () => {
  const valkey = await testValkey();
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
  await Promise.all(Array.from({ length: 40 }, (_, i) => record(valkey, rated(`room-${i}`, 2, 1))));
  for (const id of ['ada', 'bo'])
    expect(await valkey.zscore(keys.leaderboard('rating'), id)).toBe(
      await valkey.hget(keys.player(id), 'rating'),
    );
});

test('a recorder that slept before it set the boards leaves nothing older on them', async () => {
  const url = await freshValkeyUrl();
  const valkey = await openValkey(url);
  const proxy = await ValkeyProxy.start(url);
  const sleeper = await openValkey(proxy.url);
  onTestFinished(() => {
    for (const connection of [valkey, sleeper]) connection.disconnect();
    proxy.stop();
  });
  let wake = () => {};
  const asleep = new Promise<void>((resolve) => {
    proxy.beforeCall = ([command]) => {
      if (command?.toLowerCase() !== 'zadd') return;
      resolve();
      return new Promise((goOn) => {
        wake = goOn;
      });
    };
  });
  const slept = record(sleeper, rated('room-1', 2, 1));
  await asleep;
  await record(valkey, rated('room-2', 3, 1));
  proxy.beforeCall = () => {};
  wake();
  await slept;
  for (const id of ['ada', 'bo']) {
    const { points, rating } = await valkey.hgetall(keys.player(id));
    expect(await valkey.zscore(keys.leaderboard('rating'), id)).toBe(rating);
    expect(await valkey.zscore(keys.leaderboard('alltime'), id)).toBe(points);
    expect(await valkey.zscore(keys.leaderboard(`weekly:${isoWeek(now)}`), id)).toBe(points);
  }
});

test('the latest hundred matches are kept, and of older ones what they add up to', async () => {
  const valkey = await testValkey();
  const lastWeek = 60;
  for (let i = 0; i < 105; i++) {
    const each = i === 2 ? result('room-2', 7, 7) : rated(`room-${i}`, i % 2, 1);
    await record(valkey, { ...each, endedAt: i < lastWeek ? now - weekMs : now });
  }
  const entries = (await valkey.lrange(keys.history('ada'), 0, -1)).map((json) => JSON.parse(json));
  expect(entries.map(({ gameId }) => gameId)).toEqual(
    Array.from({ length: 100 }, (_, i) => `room-${104 - i}`),
  );
  const player = await valkey.hgetall(keys.player('ada'));
  // Rooms 0 to 4: lost, drawn, drawn, drawn, lost.
  expect(player).toMatchObject({
    matches: '105',
    'older:matches': '5',
    'older:lost': '2',
    'older:drawn': '3',
  });
  expect(player).toMatchObject({ points: '59', 'older:points': '9' });
  expect(player).toMatchObject({ [`older:week:${isoWeek(now - weekMs)}`]: '9' });
  expect(player).not.toHaveProperty('older:won');
  expect(player).not.toHaveProperty(`older:week:${isoWeek(now)}`);
  const listed = entries.reduce((sum, { ratingDelta = 0 }) => sum + ratingDelta, 0);
  expect(Number(player['older:rating'])).toBeLessThan(0);
  expect(1_500 + Number(player['older:rating']) + listed).toBe(Number(player.rating));
});

test('a result that comes again after a hundred others is known all the same', async () => {
  const valkey = await testValkey();
  const again = result('again', 9, 1, now - 13 * dayMs);
  await record(valkey, again);
  for (let i = 0; i < 101; i++) await record(valkey, result(`room-${i}`, 1, 0));
  const before = await valkey.hgetall(keys.player('ada'));
  await record(valkey, again);
  expect(await valkey.hgetall(keys.player('ada'))).toEqual(before);
  expect(before).toMatchObject({ matches: '102', points: '110' });
});

test('what is recorded is known for two weeks, and a later result refused, not recorded perhaps twice', async () => {
  const valkey = await testValkey();
  await valkey.zadd(keys.recorded('ada'), now - 15 * dayMs, 'long-ago', now - 13 * dayMs, 'lately');
  await expect(record(valkey, result('late', 1, 0, now - 14 * dayMs))).rejects.toThrow(UnrecoverableError);
  expect(await valkey.exists(keys.player('ada'), keys.history('ada'), keys.leaderboard('alltime'))).toBe(0);
  await record(valkey, result('in-time', 1, 0, now - 14 * dayMs + 60_000));
  expect(await valkey.zrange(keys.recorded('ada'), 0, '-1')).toEqual(['in-time', 'lately']);
  expect(await valkey.pttl(keys.recorded('ada'))).toBeGreaterThan(14 * dayMs - 60_000);
});
