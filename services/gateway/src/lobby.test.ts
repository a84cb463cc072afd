import { dueShard, keys } from '@overcookied/shared/keys.ts';
import { createMatch, quit } from '@overcookied/shared/match/match.ts';
import type { Mode } from '@overcookied/shared/protocol.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import type { Redis } from '@overcookied/shared/valkey.ts';
import { nanoid } from 'nanoid';
import { beforeEach, expect, test, vi } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { Lobby, liveMatch } from './lobby.ts';

const match = {
  ...{ mode: 'ranked', phase: 'on', startsAt: '1000', endsAt: '61000' },
  ...{ p1Name: 'Ada', p2Name: 'Bo', p1Score: '7', p2Score: '5' },
};

test.each([
  ['has begun', {}, 1_000, true],
  ['has not begun', {}, 999, false],
  ['has ten seconds left', {}, 51_000, true],
  ['has less', {}, 51_001, false],
  ['is over', { phase: 'over' }, 2_000, false],
  ['is friends’', { mode: 'private' }, 2_000, false],
  ['is practice', { mode: 'practice' }, 2_000, false],
  ['is forgotten', { phase: null, mode: null, startsAt: null, endsAt: null }, 2_000, false],
])('of a match that %s', (_, changes, now, isShown) => {
  const shown = { roomId: 'room', p1: 'Ada', p2: 'Bo', p1Score: 7, p2Score: 5 };
  expect(liveMatch('room', { ...match, ...changes }, now)).toEqual(isShown ? shown : undefined);
});

let valkey: Redis;
beforeEach(async () => {
  valkey = await testValkey();
});

const lobby = (outlook: Partial<{ waiting: number; practice: boolean }> = {}, offersPractice = true) =>
  new Lobby({
    valkey,
    clock: { now: () => Date.now() },
    outlooks: { read: async () => ({ waiting: 0, estimatedWaitMs: undefined, practice: false, ...outlook }) },
    offersPractice,
  });

/** A match that has begun, and that is due for something as every one is that is on. */
async function begin(mode: Mode = 'ranked'): Promise<string> {
  const roomId = nanoid();
  const player = (name: string) => ({ id: nanoid(), name, picture: '' });
  const [p1, p2] = [player('Ada'), player('Bo')];
  const due = await createMatch(valkey, roomId, { mode, p1, p2 }, { ...defaultRules, countdownMs: 0 });
  await valkey.zadd(keys.due(dueShard(roomId)), due, roomId);
  if (mode === 'ranked') players.set(roomId, p1.id);
  return roomId;
}
const players = new Map<string, string>();

test('the one match that anybody may see is found among others', async () => {
  expect(await lobby().news()).toEqual({ waiting: 0, practice: false });
  for (let i = 0; i < 5; i++) await begin('private');
  for (let i = 0; i < 5; i++) await begin('practice');
  expect((await lobby().news()).live).toBeUndefined();
  const roomId = await begin();
  expect((await lobby().news()).live).toEqual({ roomId, p1: 'Ada', p2: 'Bo', p1Score: 0, p2Score: 0 });
});

test('while somebody waits there is nothing to see but them', async () => {
  await begin();
  expect(await lobby({ waiting: 1 }).news()).toEqual({ waiting: 1, practice: false });
});

test('a bot is told of where there is one and players may have it', async () => {
  expect((await lobby({ practice: true }).news()).practice).toBe(true);
  expect((await lobby({ practice: true }, false).news()).practice).toBe(false);
});

test('what cannot be found just now hides nothing else', async () => {
  await begin();
  vi.spyOn(valkey, 'zrandmember').mockRejectedValueOnce(new Error('CLUSTERDOWN'));
  expect(await lobby({ practice: true }).news()).toEqual({ waiting: 0, practice: true });
});

test('it is read once for all who ask within a second, however many', async () => {
  await begin();
  const one = lobby();
  const asked = [vi.spyOn(valkey, 'zrandmember'), vi.spyOn(valkey, 'hmget')];
  const news = await Promise.all(Array.from({ length: 50 }, () => one.news()));
  expect(new Set(news).size).toBe(1);
  expect(news[0]?.live).toBeDefined();
  expect(asked.map(({ mock }) => mock.calls.length)).toEqual([16, 1]);
});

test('the same match is shown for as long as it is worth it, and then another', async () => {
  const rooms = await Promise.all(Array.from({ length: 12 }, () => begin()));
  const one = lobby();
  const shown = async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_010));
    return (await one.news()).live?.roomId ?? '';
  };
  const first = await shown();
  expect(rooms).toContain(first);
  expect([await shown(), await shown()]).toEqual([first, first]);
  await quit(valkey, { roomId: first, role: 'p1', playerId: players.get(first) ?? '' });
  const next = await shown();
  expect(rooms).toContain(next);
  expect(next).not.toBe(first);
});
