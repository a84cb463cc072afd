import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { getJson } from './support/http.ts';
import { type Stack, startStack } from './support/stack.ts';
import { type Frame, type Guest, guest, meet, Stranger } from './support/stranger.ts';

const rules = { countdownMs: 100, matchMs: 1_500, graceMs: 500 };

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
  // Which one test makes happen.
  const expected = 'pair taken apart: a player is in another match';
  expect(complaints.filter(({ msg }) => msg !== expected)).toEqual([]);
});

/** Guests, connected on both gateways in turn. */
async function connect(...names: string[]): Promise<{ who: Guest; player: Stranger }[]> {
  return Promise.all(
    names.map(async (name, i) => {
      const gateway = gateways[i % 2] ?? '';
      const who = await guest(gateway, name);
      return { who, player: await Stranger.connect(gateway, who.token) };
    }),
  );
}

type Connected = Awaited<ReturnType<typeof connect>>;
const three = (all: Connected) => all as [Connected[0], Connected[0], Connected[0]];

const start = (player: Stranger) => player.next('GAME_START');

/** Sets a player's rating as earlier matches would have. */
const rate = (id: string, rating: number) =>
  stack.valkey.hset(`overcookied:player:{${id}}`, 'rating', rating, 'deviation', 60);

/** What a player's record says of the latest opponent, once it is written. */
const recorded = (id: string, opponent: string) =>
  eventually(
    async () => (await stack.valkey.hget(`overcookied:player:{${id}}`, 'lastOpponent')) === opponent,
  );

describe('by rating', () => {
  test('the nearest are paired, and whoever is far away when they have waited', async () => {
    const all = await connect('Weak', 'Strong', 'Weaker', 'Stronger');
    const ratings = [1_200, 1_800, 1_190, 1_790];
    for (const [i, { who }] of all.entries()) await rate(who.id, ratings[i] ?? 0);
    for (const { player } of all) player.send('JOIN_QUEUE');
    const starts = await Promise.all(all.map(({ player }) => start(player)));
    expect(starts.map(({ payload }) => payload.opponent)).toEqual([2, 3, 0, 1].map((i) => all[i]?.who.id));
    expect(starts[0]?.payload).toMatchObject({ p1Rating: expect.any(Number), p2Rating: expect.any(Number) });
    for (const { player } of all) player.close();

    const [weak, strong] = (await connect('Weak', 'Strong')) as [Connected[0], Connected[0]];
    await rate(weak.who.id, 1_200);
    await rate(strong.who.id, 1_500);
    weak.player.send('JOIN_QUEUE');
    await weak.player.next('QUEUED');
    strong.player.send('JOIN_QUEUE');
    const { at: joinedAt } = await strong.player.next('QUEUED');
    const { at } = await start(strong.player);
    // 300 points are accepted after log2(6) seconds.
    expect(at - joinedAt).toBeGreaterThan(2_300);
    expect(at - joinedAt).toBeLessThan(4_500);
    for (const { player } of [weak, strong]) player.close();
  });

  test('two who have just met meet somebody else, if there is somebody', async () => {
    const { players, guests } = await meet(gateways);
    players[0].send('QUIT_GAME');
    await Promise.all(players.map((player) => player.next('GAME_OVER')));
    await Promise.all([recorded(guests[0].id, guests[1].id), recorded(guests[1].id, guests[0].id)]);
    await Promise.all(guests.map(({ id }) => rate(id, 1_500)));
    const others = await connect('Cy', 'Di');
    // While no matchmaker looks, all of them come; then it has the choice.
    stack.matchmaker.process.kill('SIGSTOP');
    for (const { player } of [...others, { player: players[0] }, { player: players[1] }]) {
      player.send('JOIN_QUEUE');
      await player.next('QUEUED');
    }
    stack.matchmaker.process.kill('SIGCONT');
    const starts = await Promise.all(players.map(start));
    for (const [i, { payload }] of starts.entries()) expect(payload.opponent).not.toBe(guests[1 - i]?.id);
    for (const player of [...players, ...others.map((other) => other.player)]) player.close();
  });

  test('the rating is that of all matches together, in the profile and on the board', async () => {
    const { players, guests } = await meet(gateways);
    players[1].send('QUIT_GAME');
    const overs = await Promise.all(players.map((player) => player.next('GAME_OVER')));
    const deltas = overs.map(({ payload }) => payload.ratingDelta as number);
    expect(deltas[0]).toBeGreaterThan(0);
    expect(deltas[1]).toBeLessThan(0);
    const again = await rematch(players);
    expect(again[0].payload).toMatchObject({ mode: 'ranked' });
    players[1].send('QUIT_GAME');
    const second = await Promise.all(players.map((player) => player.next('GAME_OVER')));
    for (const [i, { token, name }] of guests.entries()) {
      const rating = 1_500 + (deltas[i] ?? 0) + second[i]?.payload.ratingDelta;
      const profile = async () => (await getJson(`${gateways[0]}/api/profile`, token)).body;
      await eventually(async () => (await profile()).matches === 2);
      expect(await profile()).toMatchObject({ name, rating, won: i ? 0 : 2, lost: i ? 2 : 0, drawn: 0 });
      // The board is in another slot than the profile, and is set shortly after it.
      const board = async () => (await getJson(`${gateways[1]}/api/leaderboard?board=rating&limit=100`)).body;
      await expect.poll(board).toContainEqual({ name, picture: '', score: rating });
    }
    for (const player of players) player.close();
  });
});

describe('with a friend', () => {
  const invite = (code: string) => ({ mode: 'private', code });

  test('two with the same code meet, whatever their ratings, and a third is told', async () => {
    const [a, b, c] = three(await connect('Ada', 'Bo', 'Cy'));
    await rate(a.who.id, 2_900);
    await rate(b.who.id, 400);
    a.player.send('JOIN_QUEUE', invite('cookies-1'));
    const queued = await a.player.next('QUEUED');
    expect(queued.payload).toMatchObject({ mode: 'private', waiting: 1 });
    expect(queued.payload.expiresAt - queued.payload.since).toBe(600_000);
    const joinedAt = performance.now();
    for (let i = 0; i < 3; i++) b.player.send('JOIN_QUEUE', invite('cookies-1'));
    const starts = await Promise.all([start(a.player), start(b.player)]);
    expect(starts[1].at - joinedAt).toBeLessThan(300);
    expect(starts[0].payload).toMatchObject({ mode: 'private', opponent: b.who.id, p1Rating: 2_900 });
    c.player.send('JOIN_QUEUE', invite('cookies-1'));
    expect((await c.player.next('ERROR')).payload).toMatchObject({ code: 'code_used' });
    c.player.send('JOIN_QUEUE', { mode: 'private' });
    expect((await c.player.next('ERROR')).payload).toMatchObject({ code: 'bad_payload' });
    expect(c.player.all('GAME_START')).toEqual([]);
    for (const { player } of [a, b, c]) player.close();
  });

  test('nobody from the common queue comes between, and whoever leaves is not met', async () => {
    const [a, b, c] = three(await connect('Ada', 'Bo', 'Cy'));
    a.player.send('JOIN_QUEUE', invite('cookies-2'));
    await a.player.next('QUEUED');
    b.player.send('JOIN_QUEUE');
    expect((await b.player.next('QUEUED')).payload).toMatchObject({ mode: 'ranked', waiting: 1 });
    a.player.send('LEAVE_QUEUE');
    await eventually(
      async () => !(await stack.valkey.hexists('overcookied:{matchmaking}:tickets', a.who.id)),
    );
    c.player.send('JOIN_QUEUE', invite('cookies-2'));
    await c.player.next('QUEUED');
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const { player } of [a, b, c]) expect(player.all('GAME_START')).toEqual([]);
    // Going elsewhere ends the first wait: Bo meets Cy, and then nobody waits in the queue.
    b.player.send('JOIN_QUEUE', invite('cookies-2'));
    await Promise.all([start(b.player), start(c.player)]);
    expect(await stack.valkey.zcard('overcookied:{matchmaking}:queue')).toBe(0);
    for (const { player } of [a, b, c]) player.close();
  });

  test('whoever is refused waits nowhere any more', async () => {
    const [a, b, c] = three(await connect('Ada', 'Bo', 'Cy'));
    for (const { player } of [a, b]) player.send('JOIN_QUEUE', invite('cookies-4'));
    await Promise.all([start(a.player), start(b.player)]);
    c.player.send('JOIN_QUEUE');
    await c.player.next('QUEUED');
    c.player.send('JOIN_QUEUE', invite('cookies-4'));
    expect((await c.player.next('ERROR')).payload).toMatchObject({ code: 'code_used' });
    expect(await stack.valkey.hget('overcookied:{matchmaking}:tickets', c.who.id)).toBeNull();
    c.player.send('JOIN_QUEUE');
    await c.player.next('QUEUED');
    c.player.send('REMATCH');
    expect((await c.player.next('ERROR')).payload).toMatchObject({ code: 'no_rematch' });
    expect(await stack.valkey.zcard('overcookied:{matchmaking}:queue')).toBe(0);
    for (const { player } of [a, b, c]) player.close();
  });

  test('a wait outlives a pair that fell apart, and is the newer connection’s then', async () => {
    const [a, b] = (await connect('Ada', 'Bo')) as [Connected[0], Connected[0]];
    // As if Bo were in a match elsewhere, so that the pair cannot play.
    stack.matchmaker.process.kill('SIGSTOP');
    a.player.send('JOIN_QUEUE', invite('cookies-5'));
    await a.player.next('QUEUED');
    b.player.send('JOIN_QUEUE', invite('cookies-5'));
    const room = 'overcookied:game:{elsewhere}';
    await stack.valkey.hset(room, { phase: 'on', p1: b.who.id, p2: 'z', endsAt: Date.now() + 60_000 });
    await eventually(async () => (await stack.valkey.hlen('overcookied:{matchmaking}:pending')) === 1);
    await stack.valkey.hset(`overcookied:presence:{${b.who.id}}`, 'room', 'elsewhere');
    const newer = await Stranger.connect(gateways[1], a.who.token);
    newer.send('JOIN_QUEUE', invite('cookies-5'));
    newer.send('PING', { t: 1 });
    await newer.next('PONG');
    stack.matchmaker.process.kill('SIGCONT');
    const connection = await stack.valkey.hget(`overcookied:presence:{${a.who.id}}`, 'connection');
    await eventually(async () =>
      (await stack.valkey.hget('overcookied:{matchmaking}:tickets', a.who.id))?.includes(
        `"connection":${connection}`,
      ),
    );
    newer.close();
    await eventually(async () => (await stack.valkey.hlen('overcookied:{matchmaking}:tickets')) === 0);
    await stack.valkey.del(room);
    b.player.close();
  });

  test('an invitation that has run out lets nobody in', async () => {
    const [a, b] = (await connect('Ada', 'Bo')) as [Connected[0], Connected[0]];
    a.player.send('JOIN_QUEUE', invite('cookies-3'));
    await a.player.next('QUEUED');
    const party = 'overcookied:{matchmaking}:party:private:cookies-3';
    await stack.valkey.hset(party, 'expiresAt', Date.now() - 1);
    b.player.send('JOIN_QUEUE', invite('cookies-3'));
    expect((await b.player.next('ERROR')).payload).toMatchObject({ code: 'code_expired' });
    for (const { player } of [a, b]) player.close();
  });
});

/** Both ask for another match. */
async function rematch(players: [Stranger, Stranger]): Promise<[Frame, Frame]> {
  for (const player of players) player.send('REMATCH');
  return Promise.all([start(players[0]), start(players[1])]);
}

describe('a rematch', () => {
  test('begins when both want it; the one who is asked is told', async () => {
    const { players, guests, starts } = await meet(gateways);
    players[0].send('QUIT_GAME');
    await Promise.all(players.map((player) => player.next('GAME_OVER')));
    players[0].send('REMATCH');
    const queued = await players[0].next('QUEUED');
    expect(queued.payload.expiresAt - queued.payload.since).toBeLessThanOrEqual(30_000);
    const asked = await players[1].next('UPDATE', ({ rematch }) => rematch !== undefined);
    expect(asked.payload).toEqual({ rematch: guests[0].id });
    // However impatiently.
    for (const player of [players[1], players[1], ...players, ...players]) player.send('REMATCH');
    const again = await Promise.all(players.map(start));
    expect(again[0]?.payload).toMatchObject({ opponent: guests[1].id, resumed: false });
    for (const player of players) {
      const refusals = player.all('ERROR').map(({ payload }) => payload.code);
      expect(refusals.filter((code) => code !== 'already_in_match')).toEqual([]);
    }
    expect(again[0]?.payload.roomId).not.toBe(starts[0].payload.roomId);
    for (const player of players) player.close();
  });

  test('is given up soon when the opponent is gone', async () => {
    const { players } = await meet(gateways);
    players[0].send('QUIT_GAME');
    await Promise.all(players.map((player) => player.next('GAME_OVER')));
    players[0].send('REMATCH');
    await players[0].next('QUEUED');
    players[1].close();
    const refusal = await players[0].next('ERROR', () => true, 8_000);
    expect(refusal.payload).toMatchObject({ code: 'no_rematch' });
    await expect.poll(() => stack.valkey.hlen('overcookied:{matchmaking}:tickets')).toBe(0);
    players[0].close();
  });

  test('can be asked for from the other gateway', async () => {
    const { players, guests } = await meet(gateways);
    players[0].send('QUIT_GAME');
    await Promise.all(players.map((player) => player.next('GAME_OVER')));
    const back = await Stranger.connect(gateways[1], guests[0].token);
    back.send('REMATCH');
    await back.next('QUEUED');
    players[1].send('REMATCH');
    await Promise.all([start(back), start(players[1])]);
    for (const player of [back, players[1]]) player.close();
  });

  test('is refused when there was no match, when it is long ago, and when the opponent has left', async () => {
    const { players, guests, starts } = await meet(gateways);
    players[0].send('REMATCH');
    expect((await players[0].next('ERROR')).payload.code).toBe('already_in_match');
    players[0].send('QUIT_GAME');
    await Promise.all(players.map((player) => player.next('GAME_OVER')));
    players[1].close();
    const gone = async () =>
      (await stack.valkey.hget(`overcookied:presence:{${guests[1].id}}`, 'gateway')) === null;
    await eventually(gone);
    players[0].send('REMATCH');
    expect((await players[0].next('ERROR')).payload).toMatchObject({
      code: 'no_rematch',
      message: 'your opponent has left',
    });
    const back = await Stranger.connect(gateways[1], guests[1].token);
    const { roomId } = starts[0].payload;
    await stack.valkey.hset(`overcookied:game:{${roomId}}`, 'endedAt', Date.now() - 30_000);
    back.send('REMATCH');
    expect((await back.next('ERROR')).payload.code).toBe('no_rematch');
    const [{ player: stranger }] = (await connect('Newcomer')) as [Connected[0]];
    stranger.send('REMATCH');
    expect((await stranger.next('ERROR')).payload.code).toBe('no_rematch');
    for (const player of [players[0], back, stranger]) player.close();
  });
});

test('a bot that was not offered does not come', async () => {
  const [{ player }] = (await connect('Hasty')) as [Connected[0]];
  player.send('JOIN_QUEUE');
  await player.next('QUEUED');
  player.send('JOIN_QUEUE', { mode: 'practice' });
  expect((await player.next('ERROR')).payload).toMatchObject({ code: 'no_practice' });
  await expect.poll(() => stack.valkey.hlen('overcookied:{matchmaking}:tickets')).toBe(0);
  player.close();
});

test('who waits is told how many wait and for how long that takes, again and again', async () => {
  const [{ player: alone }] = (await connect('Alone')) as [Connected[0]];
  await stack.valkey.del('overcookied:{matchmaking}:waits');
  await stack.valkey.lpush('overcookied:{matchmaking}:waits', 4_000, 2_000, 3_000);
  // What was read of the queue a moment ago counts for a second.
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  alone.send('JOIN_QUEUE');
  const first = await alone.next('QUEUED');
  expect(first.payload).toMatchObject({ waiting: 1, estimatedWaitMs: 3_000, mode: 'ranked' });
  await stack.valkey.lpush('overcookied:{matchmaking}:waits', 9_000, 9_000);
  const later = await alone.next('QUEUED', ({ estimatedWaitMs }) => estimatedWaitMs === 4_000);
  expect(later.payload).toMatchObject({ waiting: 1, since: first.payload.since });
  expect(later.at - first.at).toBeLessThan(5_000);
  alone.close();
});

test('leaving as the pairing happens ends in exactly one of "left" and "in a match"', async () => {
  const outcomes = new Set<string>();
  // The last is late enough even on a machine that is busy.
  for (const afterMs of [0, 1, 2, 3, 5, 8, 13, 21, 50, 400]) {
    const [a, b] = (await connect('Ada', 'Bo')) as [Connected[0], Connected[0]];
    a.player.send('JOIN_QUEUE');
    await a.player.next('QUEUED');
    b.player.send('JOIN_QUEUE');
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    a.player.send('LEAVE_QUEUE');
    // Answered when the leaving has been dealt with, since frames are dealt with in order.
    a.player.send('QUIT_GAME');
    const isAnswered = () => a.player.all('ERROR').length + a.player.all('GAME_OVER').length > 0;
    await eventually(() => isAnswered());
    // A match that is on its way then may not have been told of yet: the ticket, and then the room, say so.
    const outcome = await eventually(async () => {
      if (a.player.all('GAME_START').length > 0) return 'in a match';
      const ticket = await stack.valkey.hget('overcookied:{matchmaking}:tickets', a.who.id);
      const room = await stack.valkey.hget(`overcookied:presence:{${a.who.id}}`, 'room');
      return ticket === null && room === null ? 'left' : undefined;
    });
    const isIn = outcome === 'in a match';
    outcomes.add(outcome);
    if (isIn) expect((await start(b.player)).payload.opponent).toBe(a.who.id);
    else expect((await b.player.next('QUEUED', ({ waiting }) => waiting === 1)).payload.waiting).toBe(1);
    const left = (await stack.valkey.zscore('overcookied:{matchmaking}:queue', a.who.id)) === null;
    expect(left).toBe(true);
    expect(b.player.all('GAME_START')).toHaveLength(isIn ? 1 : 0);
    for (const { player } of [a, b]) player.close();
    await eventually(async () => (await stack.valkey.hlen('overcookied:{matchmaking}:tickets')) === 0);
  }
  // Or it would not have been a race.
  expect([...outcomes].sort()).toEqual(['in a match', 'left']);
});
