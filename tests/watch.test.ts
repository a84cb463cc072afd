/** Watching a match over three gateways: two with a player each, and one with nobody but those who watch. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Watcher } from '@overcookied/client/watcher.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { eventually } from './support/eventually.ts';
import { getJson } from './support/http.ts';
import { sampleOf } from './support/metric.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { type Frame, meet, Stranger, until } from './support/stranger.ts';

const rules = {
  ...{ countdownMs: 300, matchMs: 10_000, goldenGapMs: [2_500, 3_000], goldenPoints: 5, bonusMs: 700 },
  graceMs: 4_000,
};

// On a busy machine a gateway alone takes that long to start.
vi.setConfig({ testTimeout: 60_000 });

let stack: Stack;
/** Where nobody plays. */
let third: TestService;
let urls: [string, string];

beforeAll(async () => {
  stack = await startStack(rules);
  urls = [stack.gateways[0].url, stack.gateways[1].url];
  third = await new TestService('gateway', stack.env).ready();
});

afterAll(async () => {
  // Also of the match that is lost below: that is its players' gateways' to tell.
  expect([third.stderr, third.complaints]).toEqual(['', []]);
  await third.stop();
  await stack.stop();
});

async function anotherGateway(extra: Record<string, string> = {}): Promise<TestService> {
  const gateway = new TestService('gateway', { ...stack.env, ...extra });
  onTestFinished(async () => {
    await gateway.stop('SIGKILL');
  });
  return gateway.ready();
}

/** A match that has begun, or that is about to. */
async function inMatch({ begun = true } = {}) {
  const match = await meet(urls);
  const { players, guests, starts } = match;
  onTestFinished(() => {
    for (const player of players) player.close();
  });
  const { roomId, startsAt } = starts[0].payload;
  if (begun) await until(startsAt + 20, starts[0]);
  const idOf = (role: string) => guests[starts[0].payload.role === role ? 0 : 1].id;
  return { ...match, roomId: roomId as string, start: starts[0], idOf };
}

async function watch(gateway: string, roomId: string): Promise<Stranger> {
  const watcher = await Stranger.watch(gateway, roomId);
  onTestFinished(() => watcher.close());
  return watcher;
}

const scoresOf = ({ p1, p2 }: Frame['payload']) => [p1.score, p2.score];
const metric = async (url: string, name: string) =>
  sampleOf((await getJson(`${url}/metrics`)).body, name) ?? 0;

/** Durations in ms, of which a machine that is busy with other tests may make one or the other longer. */
function expectWithinASecond(all: number[]): void {
  expect(all.filter((each) => each > 1_000).length).toBeLessThanOrEqual(all.length / 20);
  expect(Math.max(...all)).toBeLessThan(3_000);
}

describe('whoever watches a match by a gateway without its players', () => {
  test('is told who plays, how it stands and until when, and nobody’s id', async () => {
    const { guests, roomId, start } = await inMatch({ begun: false });
    const watcher = await watch(third.url, roomId);
    const { payload } = await watcher.next('WATCH_START');
    const { startsAt, endsAt, p1Name, p2Name, mode } = start.payload;
    expect(payload).toMatchObject({ roomId, mode, startsAt, endsAt, rules: { matchMs: rules.matchMs } });
    expect([payload.p1, payload.p2]).toEqual([
      { name: p1Name, picture: '', rating: 1500 },
      { name: p2Name, picture: '', rating: 1500 },
    ]);
    expect(scoresOf(payload.state)).toEqual([0, 0]);
    await watcher.next('WATCH_UPDATE', ({ golden }) => golden);
    for (const { id } of guests) expect(JSON.stringify(watcher.frames)).not.toContain(id);
  });

  test('sees each score at most a second after the players, and the time as often, to the very end', async () => {
    const { players, roomId, start } = await inMatch();
    const watcher = await watch(third.url, roomId);
    await watcher.next('WATCH_START');
    const { startsAt, endsAt, now } = start.payload;
    const [ada] = players;
    const side: 'p1' | 'p2' = start.payload.role;
    let made = 0;
    while (now + (performance.now() - start.at) < endsAt - 500) {
      ada.send('CLICK', { count: 1, seq: ++made });
      // Now and then a pause, in which there is nothing to tell but the time.
      await sleep(made % 20 ? 40 : 1_500);
    }
    const over = await watcher.next('WATCH_OVER');
    const end = await ada.next('GAME_OVER');
    expect(scoresOf(over.payload.state)).toEqual([end.payload.p1Score, end.payload.p2Score]);
    expect(await watcher.closing()).toEqual({ code: 1000, reason: 'the match is over' });

    const told = watcher.all('WATCH_UPDATE');
    const seen = ada.all('UPDATE').filter(({ payload }) => payload.ack !== undefined);
    expect(seen.length).toBeGreaterThan(20);
    const lateness = seen.map(({ payload, at }) => {
      const score = payload[`${side}Score`];
      const there = [...told, { ...over, payload: over.payload.state }].find(
        (frame) => frame.payload[side].score >= score,
      );
      return (there?.at ?? Number.POSITIVE_INFINITY) - at;
    });
    expectWithinASecond(lateness);
    // By the server's clock: when each was made, and the next.
    const times = told.map((frame) => frame.payload.now as number);
    expectWithinASecond(times.slice(1).map((time, i) => time - (times[i] ?? 0)));
    // Clicks came faster than that; each golden cookie is told of at once besides.
    const seconds = (endsAt - startsAt) / 1_000;
    expect(told.length).toBeLessThanOrEqual(5 * (seconds + 1) + 2 * 4);
    expect(told.length).toBeLessThan(made);
  });

  test('sees golden cookies come, who got them, and their bonus', async () => {
    const { players, roomId, start } = await inMatch();
    const watcher = await watch(third.url, roomId);
    const spawned = await watcher.next('WATCH_UPDATE', ({ golden }) => golden);
    const { golden } = spawned.payload;
    expect(golden).toEqual({ id: expect.any(Number), x: expect.any(Number), y: expect.any(Number) });
    players[0].send('COOKIE_CLICK', { id: golden.id });
    const { role } = start.payload;
    const { payload } = await watcher.next('WATCH_UPDATE', ({ claimed }) => claimed?.id === golden.id);
    expect(payload.claimed).toEqual({ id: golden.id, by: role });
    expect(payload.golden).toBeUndefined();
    expect(payload[role].score).toBe(rules.goldenPoints);
    expect(payload[role].bonusUntil).toBeGreaterThan(payload.now);
    await watcher.next('WATCH_UPDATE', (update) => update[role].bonusUntil === 0);
  });

  test('sees a player go and come back', async () => {
    const { players, guests, roomId, start } = await inMatch();
    const watcher = await watch(third.url, roomId);
    await watcher.next('WATCH_START');
    const { role } = start.payload;
    players[0].close();
    const { payload } = await watcher.next('WATCH_UPDATE', (update) => update[role].awayUntil > 0);
    expect(payload[role].awayUntil).toBeGreaterThan(payload.now);
    const back = await Stranger.connect(urls[1], guests[0].token);
    onTestFinished(() => back.close());
    await watcher.next('WATCH_UPDATE', (update) => update[role].awayUntil === 0);
  });

  test('hears of a match that is given up, and of one that is lost', async () => {
    const { players, roomId } = await inMatch();
    const watcher = await watch(third.url, roomId);
    await watcher.next('WATCH_START');
    players[1].send('QUIT_GAME');
    await watcher.next('WATCH_OVER');
    expect((await watcher.closing()).code).toBe(1000);

    const other = await inMatch();
    const loser = await watch(third.url, other.roomId);
    await loser.next('WATCH_START');
    await stack.valkey.del(keys.game(other.roomId));
    expect((await loser.next('ERROR')).payload.code).toBe('match_lost');
    expect((await loser.closing()).code).toBe(1000);
    await Promise.all(other.players.map((player) => player.next('GAME_OVER')));
  });

  test('counts for nothing in it', async () => {
    const { players, roomId } = await inMatch();
    const channel = keys.gameEvents(roomId);
    const followers = async () =>
      ((await stack.valkey.call('PUBSUB', 'SHARDNUMSUB', channel)) as number[])[1];
    expect(await followers()).toBe(2);
    // Those of the tests before have closed their sockets, of which the gateway may not have heard yet.
    await expect.poll(() => metric(third.url, 'watchers')).toBe(0);
    const watchers = [await watch(third.url, roomId), await watch(third.url, roomId)];
    for (const watcher of watchers) await watcher.next('WATCH_START');
    expect(await followers()).toBe(3);
    expect(await metric(third.url, 'watchers')).toBe(2);
    for (const name of ['sockets', 'rooms']) expect(await metric(third.url, name)).toBe(0);
    const { body } = await getJson(`${third.url}/metrics`);
    expect(body).not.toMatch(/^overcookied_gateway_matches\{.*\} [1-9]/m);
    expect(await stack.valkey.hgetall(keys.game(roomId))).toMatchObject({ phase: 'on' });
    // One goes, and then the last: nobody here follows the match any more.
    watchers[0]?.close();
    await eventually(async () => (await metric(third.url, 'watchers')) === 1);
    expect(await followers()).toBe(3);
    watchers[1]?.close();
    await eventually(async () => (await followers()) === 2);
    await expect.poll(() => metric(third.url, 'watchers')).toBe(0);
    // Somebody who watches does not stand in for a player who is away.
    const onlooker = await watch(urls[0], roomId);
    await onlooker.next('WATCH_START');
    const last = await watch(third.url, roomId);
    await last.next('WATCH_START');
    players[0].close();
    const over = await players[1].next('GAME_OVER');
    expect(over.payload.reason).toBe('opponent_disconnected');
    await Promise.all([onlooker, last].map((watcher) => watcher.closing()));
    // Who was away and how it ended is for a player's gateway to log, and for that alone.
    const lines = ({ log }: TestService) => log.filter(({ room }) => room === roomId).map(({ msg }) => msg);
    await expect
      .poll(() => lines(stack.gateways[1]))
      .toEqual(expect.arrayContaining(['player is away', 'match over']));
    await sleep(200);
    expect(lines(third)).toEqual([]);
  });
});

describe('a match that is not on', () => {
  test('is told as it ended, and the socket closes for good', async () => {
    const { players, roomId, idOf, start } = await inMatch();
    players[0].send('CLICK', { count: 3, seq: 3 });
    await players[1].next('OPPONENT_CLICK');
    players[0].send('QUIT_GAME');
    await Promise.all(players.map((player) => player.next('GAME_OVER')));
    for (const gateway of [third.url, urls[0]]) {
      const watcher = await watch(gateway, roomId);
      expect(await watcher.closing()).toEqual({ code: 1000, reason: 'the match is over' });
      expect(watcher.frames.map(({ type }) => type)).toEqual(['WATCH_START', 'WATCH_OVER']);
      const scores = idOf('p1') === idOf(start.payload.role) ? [3, 0] : [0, 3];
      for (const { payload } of watcher.frames) expect(scoresOf(payload.state)).toEqual(scores);
    }
  });

  test.each(['nobody-played-this', 'x'.repeat(65), '%00', '{}'])('or never was: %s', async (roomId) => {
    const watcher = await watch(third.url, roomId);
    expect((await watcher.closing()).code).toBe(1000);
    expect(watcher.frames).toMatchObject([{ type: 'ERROR', payload: { code: 'no_such_match' } }]);
  });
});

test('who watches changes nothing, may ask for the time, and is shut out if it goes on', async () => {
  const { players, roomId } = await inMatch();
  const watcher = await watch(urls[0], roomId);
  await watcher.next('WATCH_START');
  watcher.send('PING', { t: 7 });
  expect((await watcher.next('PONG')).payload).toEqual({ t: 7, now: expect.any(Number) });
  const spawn = await players[0].next('COOKIE_SPAWN');
  const frames: [string, unknown][] = [
    ['CLICK', { count: 1, seq: 1 }],
    ['COOKIE_CLICK', { id: spawn.payload.id }],
    ['QUIT_GAME', {}],
    ['JOIN_QUEUE', {}],
    ['REMATCH', {}],
    ['SHOOT', {}],
  ];
  for (const [type, payload] of frames) {
    watcher.send(type, payload);
    expect((await watcher.next('ERROR')).payload.code, type).toBe('unknown_type');
  }
  const match = await stack.valkey.hgetall(keys.game(roomId));
  expect(match).toMatchObject({ phase: 'on', p1Score: '0', p2Score: '0', goldenOpen: '1' });
  for (let i = frames.length; i < 20; i++) watcher.send('CLICK');
  expect((await watcher.closing()).code).toBe(1008);
  expect(players.flatMap((player) => player.all('GAME_OVER'))).toEqual([]);
});

describe('a gateway', () => {
  test('that dies is replaced by another, where nothing is missing', async () => {
    const { players, roomId, start } = await inMatch();
    const dying = await anotherGateway();
    const gateways = [dying.url, third.url];
    let asked = 0;
    const watcher = new Watcher({
      url: () => (gateways[asked++] ?? third.url).replace('http', 'ws'),
      roomId,
    });
    onTestFinished(() => watcher.close());
    const scores: number[] = [];
    let starts = 0;
    let isOver = false;
    const side: 'p1' | 'p2' = start.payload.role;
    watcher.on('WATCH_START', ({ state }) => {
      starts++;
      scores.push(state[side].score);
    });
    watcher.on('WATCH_UPDATE', (state) => scores.push(state[side].score));
    watcher.on('WATCH_OVER', () => {
      isOver = true;
    });
    await eventually(() => starts === 1);
    players[0].send('CLICK', { count: 2, seq: 2 });
    await eventually(() => scores.at(-1) === 2);
    await dying.stop('SIGKILL');
    players[0].send('CLICK', { count: 3, seq: 5 });
    await eventually(() => starts === 2 && scores.at(-1) === 5);
    // Its clock is the server's.
    const { now } = start.payload;
    expect(Math.abs(watcher.clock.now() - (now + performance.now() - start.at))).toBeLessThan(500);
    await eventually(() => isOver && watcher.status.state === 'closed', 20_000);
    expect(watcher.status).toMatchObject({ code: 1000 });
  });

  test('that is to end sends whoever watches to another', async () => {
    const { roomId } = await inMatch();
    const leaving = await anotherGateway({ DRAIN_SPREAD_MS: '300' });
    const watchers = await Promise.all(Array.from({ length: 4 }, () => watch(leaving.url, roomId)));
    for (const watcher of watchers) await watcher.next('WATCH_START');
    const ended = leaving.stop();
    const closings = await Promise.all(watchers.map((watcher) => watcher.closing()));
    expect(closings.map(({ code }) => code)).toEqual([1012, 1012, 1012, 1012]);
    expect(await ended).toBe(0);
    expect(leaving.complaints).toEqual([]);
  });

  test('lets only so many watch one match, and another when one has gone', async () => {
    const [one, other] = [await inMatch(), await inMatch()];
    const strict = await anotherGateway({ LIMITS: '{"watchersPerMatch":3}' });
    const watchers = await Promise.all(Array.from({ length: 3 }, () => watch(strict.url, one.roomId)));
    for (const watcher of watchers) await watcher.next('WATCH_START');
    const refused = await watch(strict.url, one.roomId);
    expect(await refused.closing()).toMatchObject({
      code: 1013,
      reason: expect.stringContaining('too many'),
    });
    expect(await metric(strict.url, 'limited_total')).toBe(1);
    expect((await getJson(`${strict.url}/metrics`)).body).toContain('limit="watchersPerMatch"');
    await (await watch(strict.url, other.roomId)).next('WATCH_START');
    watchers[0]?.close();
    await watchers[0]?.closing();
    await eventually(async () => {
      const next = await watch(strict.url, one.roomId);
      await eventually(() => next.closed ?? next.all('WATCH_START').length);
      return !next.closed;
    });
  });

  test('with two hundred who watch tells its players no less, and writes no more for each click', async () => {
    const { players, roomId, start } = await inMatch();
    const [ada, bo] = players;
    const watchers = await Promise.all(Array.from({ length: 200 }, () => watch(urls[0], roomId)));
    for (const watcher of watchers) await watcher.next('WATCH_START');
    const before = await metric(urls[0], 'watch_frames_sent_total');
    const from = performance.now();
    const clicks = 20;
    for (let seq = 1; seq <= clicks; seq++) {
      await sleep(20);
      ada.send('CLICK', { count: 1, seq });
      await ada.next('UPDATE', ({ ack }) => ack === seq);
    }
    const seconds = (performance.now() - from) / 1_000;
    const sent = (await metric(urls[0], 'watch_frames_sent_total')) - before;
    // Five a second at most, and a golden cookie or two besides.
    expect(sent).toBeLessThanOrEqual(200 * (5 * (seconds + 1) + 4));
    // Whatever else the player is told says it again.
    const acks = new Set(ada.all('UPDATE').map(({ payload }) => payload.ack));
    for (let seq = 1; seq <= clicks; seq++) expect(acks).toContain(seq);
    await eventually(
      () => bo.all('OPPONENT_CLICK').reduce((sum, { payload }) => sum + payload.count, 0) === clicks,
    );
    const side: 'p1' | 'p2' = start.payload.role;
    for (const watcher of watchers) {
      await watcher.next('WATCH_UPDATE', (state) => state[side].score === clicks);
    }
    ada.send('QUIT_GAME');
    await Promise.all(watchers.map((watcher) => watcher.next('WATCH_OVER')));
    const closings = await Promise.all(watchers.map((watcher) => watcher.closing()));
    expect(new Set(closings.map(({ code }) => code))).toEqual(new Set([1000]));
  });
});
