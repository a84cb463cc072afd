import { assign } from '@overcookied/shared/presence/presence.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { getJson } from './support/http.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { guest, meet, Stranger, until } from './support/stranger.ts';

const rules = { countdownMs: 400, matchMs: 2_000, goldenGapMs: [300, 400], bonusMs: 600, graceMs: 600 };

/** For what is promised in ms, which a busy machine may miss now and then, and a slow system misses each time. */
const onTime = { retry: 2 };

let stack: Stack;
let gateways: [string, string];

beforeAll(async () => {
  stack = await startStack(rules);
  gateways = [stack.gateways[0].url, stack.gateways[1].url];
});
afterAll(async () => {
  await stack.stop();
  const complaints = [...stack.gateways, stack.matchmaker, stack.ticker].flatMap(
    (service) => service.complaints,
  );
  expect(complaints).toEqual([]);
});

describe('a match across two gateways', () => {
  test('begins within 300 ms of the second join, with the whole state on both sides', onTime, async () => {
    const [one, two] = await Promise.all([guest(gateways[0], 'Ada'), guest(gateways[1], 'Bo')]);
    const a = await Stranger.connect(gateways[0], one.token);
    const b = await Stranger.connect(gateways[1], two.token);
    a.send('JOIN_QUEUE');
    const queued = await a.next('QUEUED');
    expect(queued.payload.waiting).toBe(1);
    expect(Math.abs(queued.payload.since - Date.now())).toBeLessThan(5_000);
    const joined = performance.now();
    b.send('JOIN_QUEUE');
    const [startA, startB] = await Promise.all([a.next('GAME_START'), b.next('GAME_START')]);
    expect(startA.at - joined).toBeLessThan(300);
    expect(startB.at - joined).toBeLessThan(300);

    const { now: _nowA, ...stateA } = startA.payload;
    const { now: _nowB, ...stateB } = startB.payload;
    const common = {
      roomId: expect.stringMatching(/^[\w-]{10,}$/),
      timeRemaining: 2,
      p1Score: 0,
      p2Score: 0,
      p1Name: 'Ada',
      p2Name: 'Bo',
      p1Picture: '',
      p2Picture: '',
      mode: 'ranked',
      p1Rating: 1_500,
      p2Rating: 1_500,
      startsAt: expect.any(Number),
      endsAt: stateA.startsAt + rules.matchMs,
      seq: 0,
      ack: 0,
      resumed: false,
      rules: expect.objectContaining({ ...rules, clickRate: 20 }),
    };
    expect(stateA).toEqual({ ...common, role: 'p1', opponent: two.id });
    expect(stateB).toEqual({ ...common, role: 'p2', opponent: one.id, roomId: stateA.roomId });
    expect(stateA.startsAt - startA.payload.now).toBeGreaterThan(rules.countdownMs - 300);
    a.close();
    b.close();
  });

  test('counts the clicks between start and end, each once, and shows them to the other side', async () => {
    const { players, starts, guests } = await meet(gateways);
    const [a, b] = players;
    const { startsAt, endsAt } = starts[0].payload;
    a.send('CLICK', { count: 1, seq: 1 });
    expect((await a.next('ERROR')).payload.code).toBe('not_started');

    await until(startsAt + 20, starts[0]);
    a.send('CLICK', { count: 1, seq: 2 });
    a.send('CLICK', { count: 3, seq: 5 });
    a.send('CLICK', { count: 3, seq: 5 });
    a.send('CLICK', { count: 4, seq: 6 });
    b.send('CLICK', { count: 2 });
    b.send('CLICK');
    await a.next('UPDATE', ({ ack }) => ack === 6);
    await b.next('UPDATE', ({ p1Score, p2Score }) => p1Score === 5 && p2Score === 2);
    const seen = b.all('OPPONENT_CLICK').reduce((sum, { payload }) => sum + payload.count, 0);
    expect(seen).toBe(5);

    await until(endsAt + 25, starts[0]);
    a.send('CLICK', { count: 1, seq: 7 });
    const [overA, overB] = await Promise.all([a.next('GAME_OVER'), b.next('GAME_OVER')]);
    // Two newcomers: what the one wins the other loses.
    const { ratingDelta } = overA.payload;
    expect(ratingDelta).toBeGreaterThan(0);
    expect(overA.payload).toEqual({ winner: guests[0].id, p1Score: 5, p2Score: 2, ratingDelta });
    expect(overB.payload).toEqual({ ...overA.payload, ratingDelta: -ratingDelta });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(a.all('GAME_OVER')).toHaveLength(1);
    expect(b.all('GAME_OVER')).toHaveLength(1);
    a.close();
    b.close();
  });

  test('sends the clock every second, and ends on time', onTime, async () => {
    const { players, starts } = await meet(gateways);
    const over = await players[0].next('GAME_OVER');
    const end = starts[0].at + (starts[0].payload.endsAt - starts[0].payload.now);
    expect(over.at - end).toBeGreaterThan(-20);
    expect(over.at - end).toBeLessThan(300);
    // The 0 is due at the same moment as the end, and comes only if the end is late.
    const clock = players[0].frames.filter(({ payload }) => payload.timeRemaining > 0).slice(1);
    expect(clock.map(({ payload }) => payload.timeRemaining)).toEqual([2, 1]);
    for (const [i, frame] of clock.entries()) {
      const due = starts[0].at + starts[0].payload.startsAt - starts[0].payload.now + i * 1000;
      expect(Math.abs(frame.at - due)).toBeLessThan(200);
    }
    for (const player of players) player.close();
  });

  test('gives a golden cookie to one of fifty claims, with its points and its bonus', async () => {
    const { players, guests } = await meet(gateways);
    const [a, b] = players;
    const spawn = await a.next('COOKIE_SPAWN');
    await b.next('COOKIE_SPAWN');
    expect(spawn.payload.x).toBeGreaterThanOrEqual(5);
    expect(spawn.payload.x).toBeLessThanOrEqual(95);
    expect(spawn.payload.y).toBeGreaterThanOrEqual(5);
    expect(spawn.payload.y).toBeLessThanOrEqual(95);
    for (let i = 0; i < 25; i++)
      for (const player of players) player.send('COOKIE_CLICK', { id: spawn.payload.id });
    const isClaim = ({ goldenCookieClaimedBy }: { goldenCookieClaimedBy?: string }) =>
      goldenCookieClaimedBy !== undefined;
    const claimA = await a.next('UPDATE', isClaim);
    const claimB = await b.next('UPDATE', isClaim);
    expect(claimA.payload).toEqual(claimB.payload);
    const winner = claimA.payload.goldenCookieClaimedBy;
    const role = winner === guests[0].id ? 'p1' : 'p2';
    const other = role === 'p1' ? 'p2' : 'p1';
    expect(claimA.payload[`${role}Score`]).toBe(5);
    expect(claimA.payload[`${other}Score`]).toBe(0);
    const [lucky, unlucky] = role === 'p1' ? players : [b, a];
    // The refusal is an answer and the claim is an event: either may come first.
    const refusal = await eventually(() => unlucky.all('ERROR')[0]);
    expect(refusal.payload.code).toBe('no_golden_cookie');
    lucky.send('CLICK', { count: 1, seq: 1 });
    await lucky.next('UPDATE', (payload) => payload[`${role}Score`] === 7);
    const claims = a.frames.filter(({ payload }) => isClaim(payload) && payload.seq <= claimA.payload.seq);
    expect(claims).toHaveLength(1);
    // It runs out: a click is worth one again.
    const remaining = claimA.payload.bonusUntil;
    const before = players[0].frames.find(({ type }) => type === 'GAME_START');
    if (before) await until(remaining + 20, before);
    lucky.send('CLICK', { count: 1, seq: 2 });
    await lucky.next('UPDATE', (payload) => payload[`${role}Score`] === 8);
    for (const player of players) player.close();
  });

  test('is a draw for both when the scores are equal, and is recorded once', async () => {
    const { players, starts, guests } = await meet(gateways);
    await until(starts[0].payload.startsAt + 20, starts[0]);
    for (const player of players) player.send('CLICK', { count: 4, seq: 4 });
    const overs = await Promise.all(players.map((player) => player.next('GAME_OVER')));
    for (const { payload } of overs)
      expect(payload).toEqual({ winner: 'draw', p1Score: 4, p2Score: 4, ratingDelta: 0 });

    for (const [i, me] of guests.entries()) {
      const history = await eventually(async () => {
        const { body } = await getJson(`${gateways[i]}/api/history?userId=${me.id}`, me.token);
        return body.totalCount === 1 ? body : undefined;
      });
      const other = guests[1 - i];
      expect(history.games).toEqual([
        {
          gameId: starts[0].payload.roomId,
          playerId: me.id,
          opponent: other?.id,
          score: 4,
          opponentScore: 4,
          won: false,
          winnerId: 'draw',
          reason: '',
          timestamp: expect.any(Number),
          playerName: me.name,
          playerPicture: '',
          opponentName: other?.name,
          opponentPicture: '',
          ratingDelta: 0,
        },
      ]);
      expect(Math.abs(history.games[0].timestamp - starts[0].payload.endsAt / 1000)).toBeLessThan(2);
    }
    for (const player of players) player.close();
  });

  test(
    'ends at once when one quits: the other has won, and the leaderboard has the points',
    onTime,
    async () => {
      const { players, starts, guests } = await meet(gateways);
      await until(starts[0].payload.startsAt + 20, starts[0]);
      for (let seq = 1; seq <= 20; seq++) players[0].send('CLICK', { count: 1, seq });
      await players[0].next('UPDATE', ({ ack }) => ack === 20);
      const quitAt = performance.now();
      players[0].send('QUIT_GAME');
      const overs = await Promise.all(players.map((player) => player.next('GAME_OVER')));
      for (const over of overs) {
        expect(over.payload).toMatchObject({ winner: guests[1].id, reason: 'quit', p1Score: 20, p2Score: 0 });
        expect(over.at - quitAt).toBeLessThan(200);
      }
      const rows = await eventually(async () => {
        const { body } = await getJson(`${gateways[0]}/api/leaderboard`);
        return body.some(({ score }: { score: number }) => score === 20) ? body : undefined;
      });
      expect(rows).toContainEqual({ name: 'Ada', picture: '', score: 20 });
      expect(rows.length).toBeLessThanOrEqual(10);
      const weekly = async () => (await getJson(`${gateways[1]}/api/leaderboard?board=weekly&limit=1`)).body;
      await expect.poll(weekly).toHaveLength(1);
      // Both may play again at once.
      for (const player of players) player.send('JOIN_QUEUE');
      await Promise.all(players.map((player) => player.next('GAME_START')));
      for (const player of players) player.close();
    },
  );
});

test('what was clicked before quitting counts', async () => {
  const { players, starts, guests } = await meet(gateways);
  await until(starts[0].payload.startsAt + 20, starts[0]);
  for (let seq = 1; seq <= 5; seq++) players[0].send('CLICK', { count: 1, seq });
  for (let i = 0; i < 3; i++) players[0].send('CLICK');
  players[0].send('QUIT_GAME');
  const over = await players[1].next('GAME_OVER');
  expect(over.payload).toMatchObject({ winner: guests[1].id, reason: 'quit', p1Score: 8, p2Score: 0 });
  for (const player of players) player.close();
});

test('of many connections that one player opens at once the newest stays', async () => {
  const { players, guests, starts } = await meet(gateways);
  for (let round = 0; round < 10; round++) {
    const sockets = await Promise.all(
      Array.from({ length: 3 }, (_, i) => Stranger.connect(gateways[(i + round) % 2] ?? '', guests[0].token)),
    );
    await eventually(() => sockets.filter((socket) => socket.closed).length >= 2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = sockets.filter((socket) => socket.closed);
    expect(closed.map((socket) => socket.closed?.code)).toEqual([4001, 4001]);
  }
  expect((await players[1].next('GAME_OVER')).payload.reason).toBeUndefined();
  expect(starts).toHaveLength(2);
  players[1].close();
});

describe('a player whose connection breaks', () => {
  test('comes back on the other gateway into the same match, with all that it needs', async () => {
    const { players, starts, guests } = await meet(gateways);
    await until(starts[0].payload.startsAt + 20, starts[0]);
    players[0].send('CLICK', { count: 3, seq: 3 });
    await players[0].next('UPDATE', ({ ack }) => ack === 3);
    players[0].close();
    await players[0].closing();
    const back = await Stranger.connect(gateways[1], guests[0].token);
    const resumed = await back.next('GAME_START');
    expect(resumed.payload).toMatchObject({
      resumed: true,
      role: 'p1',
      ack: 3,
      p1Score: 3,
      roomId: starts[0].payload.roomId,
    });
    back.send('CLICK', { count: 5, seq: 5 });
    const over = await back.next('GAME_OVER');
    expect(over.payload).toMatchObject({ winner: guests[0].id, p1Score: 5, p2Score: 0 });
    back.close();
    players[1].close();
  });

  test(
    'has the whole match within 100 ms of the socket opening, and the opponent sees it go and come',
    onTime,
    async () => {
      const { players, starts, guests } = await meet(gateways);
      await until(starts[0].payload.startsAt + 20, starts[0]);
      let mine = players[0];
      const tookMs: number[] = [];
      for (let i = 0; i < 5; i++) {
        mine.close();
        const away = await players[1].next('UPDATE', ({ opponentAwayUntil }) => opponentAwayUntil > 0);
        expect(away.payload.opponentAwayUntil).toBeGreaterThan(starts[0].payload.startsAt);
        mine = await Stranger.connect(gateways[i % 2] ?? '', guests[0].token);
        const openAt = performance.now();
        const { at, payload } = await mine.next('GAME_START');
        expect(payload).toMatchObject({ resumed: true, roomId: starts[0].payload.roomId });
        tookMs.push(at - openAt);
        await players[1].next('UPDATE', ({ opponentAwayUntil }) => opponentAwayUntil === 0);
      }
      // The median: the machine of a test may be busy with others for a moment.
      expect(tookMs.sort((a, b) => a - b)[2]).toBeLessThan(100);
      for (const player of [mine, players[1]]) player.close();
    },
  );

  test('at the very end is told of it when it comes back, if it says that it does not know', async () => {
    const { players, starts, guests } = await meet(gateways);
    const { roomId } = starts[0].payload;
    const over = await players[0].next('GAME_OVER');
    // As far as the gateway knows the player was told; the player was cut off and was not.
    players[0].close();
    const back = await Stranger.connect(gateways[1], guests[0].token, roomId);
    expect((await back.next('GAME_START')).payload).toMatchObject({ resumed: true, roomId });
    expect((await back.next('GAME_OVER')).payload).toEqual(over.payload);
    // Who knows, or was never in it, is told nothing.
    const knows = await Stranger.connect(gateways[0], guests[0].token);
    const { token } = await guest(gateways[0], 'Nosy');
    const nosy = await Stranger.connect(gateways[0], token, roomId);
    for (const player of [knows, nosy]) {
      player.send('PING', { t: 1 });
      await player.next('PONG');
      player.send('QUIT_GAME');
      await player.next('ERROR');
      expect(player.frames.map(({ type }) => type)).toEqual(['PONG', 'ERROR']);
    }
    for (const player of [back, knows, nosy, players[1]]) player.close();
  });

  test('and whose opponent’s breaks as well is judged by the score', async () => {
    const { players, starts, guests } = await meet(gateways);
    await until(starts[0].payload.startsAt + 20, starts[0]);
    players[1].send('CLICK', { count: 2, seq: 2 });
    await players[0].next('OPPONENT_CLICK');
    for (const player of players) player.close();
    const game = `overcookied:game:{${starts[0].payload.roomId}}`;
    await eventually(async () => (await stack.valkey.hget(game, 'phase')) === 'over', 10_000);
    const [winner, reason, endedAt] = await stack.valkey.hmget(game, 'winner', 'reason', 'endedAt');
    expect({ winner, reason }).toEqual({ winner: guests[1].id, reason: '' });
    expect(Number(endedAt)).toBeGreaterThanOrEqual(starts[0].payload.endsAt);
  });

  test('loses when it stays away for longer than the grace', onTime, async () => {
    const { players, guests } = await meet(gateways);
    const leftAt = performance.now();
    players[1].close();
    const over = await players[0].next('GAME_OVER');
    expect(over.payload).toMatchObject({ winner: guests[0].id, reason: 'opponent_disconnected' });
    expect(over.at - leftAt).toBeGreaterThan(rules.graceMs - 50);
    expect(over.at - leftAt).toBeLessThan(rules.graceMs + 500);
    players[0].close();
  });

  test('is closed with 4001 when a newer connection of its own takes over, and loses nothing', async () => {
    const { players, guests, starts } = await meet(gateways);
    const newer = await Stranger.connect(gateways[1], guests[0].token);
    expect((await newer.next('GAME_START')).payload.resumed).toBe(true);
    expect((await players[0].closing()).code).toBe(4001);
    const over = await newer.next('GAME_OVER');
    expect(over.payload.reason).toBeUndefined();
    expect(over.at - starts[0].at).toBeGreaterThan(starts[0].payload.endsAt - starts[0].payload.now - 50);
    newer.close();
    players[1].close();
  });
});

test('a player whose match Valkey has forgotten is told so, and may play the next', async () => {
  const me = await guest(gateways[0], 'Sleeper');
  await assign(stack.valkey, me.id, 'a-room-that-is-no-more', 60_000);
  const socket = await Stranger.connect(gateways[0], me.token);
  socket.send('JOIN_QUEUE');
  await socket.next('GAME_OVER');
  expect(socket.all('ERROR')).toMatchObject([{ payload: { code: 'match_lost' } }]);
  await socket.next('QUEUED');
  socket.close();
});

describe('a gateway that is told to end', () => {
  test('sends its players to another with 1012, where they play on', async () => {
    const leaving = await new TestService('gateway', stack.env).ready();
    const { players, guests } = await meet([leaving.url, gateways[1]]);
    expect(await leaving.stop()).toBe(0);
    expect((await players[0].closing()).code).toBe(1012);
    const back = await Stranger.connect(gateways[0], guests[0].token);
    expect((await back.next('GAME_START')).payload.resumed).toBe(true);
    expect((await back.next('GAME_OVER')).payload.winner).toBe('draw');
    expect(leaving.complaints).toEqual([]);
    back.close();
    players[1].close();
  });
});

describe('the queue', () => {
  test('has a player once, and nobody meets themself', async () => {
    const me = await guest(gateways[0], 'Solo');
    const one = await Stranger.connect(gateways[0], me.token);
    one.send('JOIN_QUEUE');
    one.send('JOIN_QUEUE');
    await one.next('QUEUED');
    expect((await one.next('QUEUED')).payload.waiting).toBe(1);
    const two = await Stranger.connect(gateways[1], me.token);
    two.send('JOIN_QUEUE');
    expect((await two.next('QUEUED')).payload.waiting).toBe(1);
    expect((await one.closing()).code).toBe(4001);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(two.all('GAME_START')).toEqual([]);
    two.send('LEAVE_QUEUE');
    await eventually(async () => (await stack.valkey.zcard('overcookied:{matchmaking}:queue')) === 0);
    expect(await stack.valkey.hlen('overcookied:{matchmaking}:tickets')).toBe(0);
    two.close();
  });

  test('is left by whoever closes the socket', async () => {
    const me = await guest(gateways[0], 'Gone');
    const socket = await Stranger.connect(gateways[0], me.token);
    socket.send('JOIN_QUEUE');
    await socket.next('QUEUED');
    socket.close();
    await eventually(async () => (await stack.valkey.zcard('overcookied:{matchmaking}:queue')) === 0);
  });
});

test('nothing without a time to live grows with the matches played', async () => {
  const lasting = async () => {
    const found: string[] = [];
    for (const key of await stack.valkey.keys('*')) if ((await stack.valkey.ttl(key)) === -1) found.push(key);
    // Those of players and records grow with the players; BullMQ's and the queue's do not grow at all.
    return found.filter((key) => !/:(player|history):|:leaderboard:/.test(key)).sort();
  };
  const play = async () => {
    const { players } = await meet(gateways);
    players[0].send('QUIT_GAME');
    await Promise.all(players.map((player) => player.next('GAME_OVER')));
    for (const player of players) player.close();
  };
  await play();
  await eventually(async () => (await stack.valkey.keys('overcookied:due:*')).length === 0);
  const before = await lasting();
  for (let i = 0; i < 10; i++) await play();
  // What BullMQ needs while a job is under way comes and goes.
  await eventually(async () => (await lasting()).every((key) => before.includes(key)));
});
