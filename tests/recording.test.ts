/** How matches went, as any gateway tells it. */
import { Recording } from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { readSteps } from '@overcookied/shared/match/steps.ts';
import type { Role } from '@overcookied/shared/protocol.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { type Answer, getJson } from './support/http.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { guest, meet, Stranger, until } from './support/stranger.ts';

const rules = { countdownMs: 400, matchMs: 20_000, goldenGapMs: [1_000, 1_200], bonusMs: 600 };
const dayMs = 86_400_000;
/** What is to come is waited for so long, in ms: a machine that is busy with other tests takes its time. */
const patienceMs = 15_000;

let stack: Stack;
let gateways: [string, string];

beforeAll(async () => {
  stack = await startStack(rules, undefined, { PRACTICE_AFTER_MS: '500' });
  gateways = [stack.gateways[0].url, stack.gateways[1].url];
});
afterAll(async () => {
  await stack.stop();
  const services = [...stack.gateways, stack.matchmaker, stack.ticker];
  expect(services.flatMap(({ complaints }) => complaints)).toEqual([]);
});

const ask = (gateway: string, roomId: string): Promise<Answer> =>
  getJson(`${gateway}/api/matches/${roomId}/recording`);

/** What either gateway answers. */
async function recordingOf(roomId: string): Promise<Recording> {
  const [one, two] = await Promise.all(gateways.map((gateway) => ask(gateway, roomId)));
  expect(one?.status).toBe(200);
  expect(two?.status).toBe(200);
  const recording = Recording.parse(one?.body);
  // A match that is on may go on between the two answers.
  if (recording.over) expect(two?.body).toEqual(one?.body);
  return recording;
}

/** All that Valkey has of the match itself. */
const forget = (roomId: string) =>
  stack.valkey.del(keys.game(roomId), keys.gameSteps(roomId), keys.gameGoldens(roomId));
const isKept = async (roomId: string) => (await stack.valkey.exists(keys.replay(roomId))) === 1;

const sum = (steps: string) => readSteps(steps).reduce((total, number) => total + number, 0);

test('a match across two gateways can be seen while it is on, and for 30 days after', async () => {
  const { players, starts } = await meet(gateways);
  const [a, b] = players;
  const { roomId, startsAt } = starts[0].payload;
  const before = await recordingOf(roomId);
  expect(before).toMatchObject({
    roomId,
    mode: 'ranked',
    startsAt,
    matchMs: 20_000,
    stepMs: 200,
  });
  expect(before.p1).toEqual({ name: 'Ada', picture: '', rating: 1_500 });
  expect(before.p2).toEqual({ name: 'Bo', picture: '', rating: 1_500 });

  await until(startsAt + 20, starts[0]);
  const counted = { p1: 0, p2: 0 };
  const clicks = (role: Role, count: number) => {
    counted[role] += count;
    const player = role === 'p1' ? a : b;
    player.send('CLICK', { seq: counted[role], count });
  };
  const claimed: { id: number; by: Role }[] = [];
  for (const role of ['p1', 'p2', 'p1'] as const) {
    clicks('p1', 4);
    clicks('p2', 2);
    const player = role === 'p1' ? a : b;
    const latest = claimed.at(-1)?.id ?? 0;
    const { id } = (await player.next('COOKIE_SPAWN', (golden) => golden.id > latest)).payload;
    player.send('COOKIE_CLICK', { id });
    await player.next('UPDATE', ({ goldenCookieClaimedBy }) => goldenCookieClaimedBy);
    claimed.push({ id, by: role });
    clicks(role, 3);
  }
  const soFar = await recordingOf(roomId);
  expect(soFar.over).toBeUndefined();
  expect(sum(soFar.points.p1)).toBeGreaterThan(counted.p1 - 3);

  // Whoever clicked last hears that all of it has counted.
  for (const [player, role] of [
    [a, 'p1'],
    [b, 'p2'],
  ] as const)
    await eventually(() => player.frames.some(({ payload }) => payload.ack === counted[role]));
  a.send('QUIT_GAME');
  const over = await b.next('GAME_OVER');
  const recording = await recordingOf(roomId);
  const { p1Score, p2Score } = over.payload;
  expect(recording.over).toEqual({ winner: 'p2', reason: 'quit', at: expect.any(Number), p1Score, p2Score });
  expect(sum(recording.points.p1)).toBe(p1Score);
  expect(sum(recording.points.p2)).toBe(p2Score);
  expect({ p1: sum(recording.clicks.p1), p2: sum(recording.clicks.p2) }).toEqual(counted);
  const got = recording.goldens.flatMap(({ id, claim }) => (claim ? [{ id, by: claim.by }] : []));
  expect(got).toEqual(claimed);
  for (const { at, claim } of recording.goldens) {
    expect(at).toBeGreaterThan(0);
    if (claim) expect(claim.at).toBeGreaterThanOrEqual(at);
  }
  expect(JSON.stringify(recording)).not.toContain('guest_');

  await eventually(() => isKept(roomId), patienceMs);
  await forget(roomId);
  expect(await recordingOf(roomId)).toEqual(recording);
  const left = await stack.valkey.pttl(keys.replay(roomId));
  expect(left).toBeGreaterThan(30 * dayMs - 60_000);
  expect(left).toBeLessThanOrEqual(30 * dayMs);
  for (const player of players) player.close();
});

test('a match lets go of how it went a minute after its result has it', async () => {
  const { players, starts } = await meet(gateways);
  const { roomId } = starts[0].payload;
  players[0].send('QUIT_GAME');
  await eventually(() => isKept(roomId), patienceMs);
  await eventually(async () => {
    const left = await stack.valkey.pttl(keys.gameSteps(roomId));
    // What is not there any more, or stays for good, has less than nothing left.
    return left > 0 && left <= 60_000;
  }, patienceMs);
  for (const player of players) player.close();
});

test('of practice nothing is kept but what the match has', async () => {
  const practice = await new TestService('practice', { ...stack.env, GATEWAY_URL: gateways[0] }).ready();
  const player = await Stranger.connect(gateways[1], (await guest(gateways[1], 'Cleo')).token);
  player.send('JOIN_QUEUE');
  await player.next('QUEUED', ({ practice }) => practice);
  player.send('JOIN_QUEUE', { mode: 'practice' });
  const { payload } = await player.next('GAME_START');
  player.send('QUIT_GAME');
  await player.next('GAME_OVER');
  expect(await recordingOf(payload.roomId)).toMatchObject({ mode: 'practice', over: { reason: 'quit' } });
  // By then a ticker has seen to its end.
  await eventually(async () => (await stack.valkey.keys('overcookied:due:*')).length === 0, patienceMs);
  await forget(payload.roomId);
  for (const gateway of gateways) expect((await ask(gateway, payload.roomId)).status).toBe(404);
  player.close();
  await practice.stop();
});

test('who asks for a match that is not there is told so, and what a match is named by', async () => {
  for (const gateway of gateways) {
    const none = await ask(gateway, 'V1StGXR8_Z5jdHi6B-myT');
    expect(none.status).toBe(404);
    expect(none.body).toEqual({ error: expect.stringContaining('there is no such match') });
    for (const odd of ['%7Broom%7D', 'a%0Ab', 'x'.repeat(65), 'a%20b', '*']) {
      const refused = await ask(gateway, odd);
      expect([odd, refused.status]).toEqual([odd, 400]);
      expect(refused.body.error).toContain('1 to 64 letters');
    }
    expect((await getJson(`${gateway}/api/matches//recording`)).status).toBe(404);
  }
});
