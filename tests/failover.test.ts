import { loginAsGuest } from '@overcookied/client/api.ts';
import { Player } from '@overcookied/client/player.ts';
import { assign } from '@overcookied/shared/presence/presence.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../services/matchmaker/src/lock.ts';
import { commit } from '../services/matchmaker/src/pool.ts';
import { eventually } from './support/eventually.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { guest, meet, Stranger, until } from './support/stranger.ts';

const rules = { countdownMs: 300, matchMs: 2_500, goldenGapMs: [400, 800], graceMs: 2_000 };

let stack: Stack;
let extra: TestService[];
let gateways: [string, string];

beforeEach(async () => {
  stack = await startStack(rules);
  extra = [];
  gateways = [stack.gateways[0].url, stack.gateways[1].url];
});
afterEach(async () => {
  await Promise.all(extra.map((service) => service.stop()));
  await stack.stop();
});

async function another(name: 'game-ticker' | 'matchmaker'): Promise<TestService> {
  const service = await new TestService(name, stack.env).ready();
  extra.push(service);
  return service;
}

/** Two players in the queue, and the only matchmaker dead. */
async function waitInVain() {
  await stack.matchmaker.stop('SIGKILL');
  const guests = await Promise.all([guest(gateways[0], 'Ada'), guest(gateways[1], 'Bo')]);
  const players = await Promise.all(guests.map(({ token }, i) => Stranger.connect(gateways[i] ?? '', token)));
  for (const player of players) {
    player.send('JOIN_QUEUE');
    await player.next('QUEUED');
  }
  return { guests, players };
}

/** How late a match ended, in ms, by the frame that says so. */
async function lateness(player: Stranger, start: { at: number; payload: { endsAt: number; now: number } }) {
  const over = await player.next('GAME_OVER', () => true, 10_000);
  return over.at - (start.at + start.payload.endsAt - start.payload.now);
}

test('a match whose ticker is killed is ended by another, at most 1.5 s late, and recorded once', async () => {
  await another('game-ticker');
  const matches = await Promise.all(Array.from({ length: 6 }, () => meet(gateways)));
  const start = matches[0]?.starts[0];
  if (!start) throw new Error('no match began');
  await until(start.payload.endsAt - 300, start);
  await stack.ticker.stop('SIGKILL');
  for (const { players, starts } of matches) {
    for (const [i, player] of players.entries()) {
      const late = await lateness(player, starts[i] ?? start);
      expect(late).toBeGreaterThan(-30);
      expect(late).toBeLessThan(1_500);
      expect(player.all('GAME_OVER')).toHaveLength(1);
    }
  }
  for (const { starts } of matches) {
    const { opponent } = starts[0].payload;
    await eventually(
      async () => (await stack.valkey.hget(`overcookied:player:{${opponent}}`, 'matches')) === '1',
    );
  }
});

test('a match that nobody ticks for a while goes on when somebody does', async () => {
  const { players, starts } = await meet(gateways);
  await stack.ticker.stop('SIGKILL');
  await until(starts[0].payload.endsAt + 500, starts[0]);
  expect(players[0].all('GAME_OVER')).toEqual([]);
  await another('game-ticker');
  const overs = await Promise.all(players.map((player) => player.next('GAME_OVER')));
  expect(overs[0]?.payload).toEqual(overs[1]?.payload);
});

/** Does what a matchmaker had come to do; the lock may still be that of the one that died. */
const underLock = (work: (fence: number) => Promise<void>) => eventually(() => withLock(stack.valkey, work));

test('a pair taken out of the queue by a matchmaker that died is announced by the next', async () => {
  const { guests, players } = await waitInVain();
  // What the dead one had come to do: the commit, and nothing after it.
  await underLock(async (fence) => {
    await commit(stack.valkey, fence, [{ roomId: 'left-behind', p1: guests[0].id, p2: guests[1].id }]);
  });
  await another('matchmaker');
  const starts = await Promise.all(players.map((player) => player.next('GAME_START')));
  for (const { payload } of starts) expect(payload.roomId).toBe('left-behind');
  await eventually(async () => (await stack.valkey.hlen('overcookied:{matchmaking}:pending')) === 0);
  await Promise.all(players.map((player) => player.next('GAME_OVER')));
  for (const player of players) expect(player.all('GAME_START')).toHaveLength(1);
});

test('a matchmaker that died just before it created the match is made up for, however long it takes', async () => {
  const { guests, players } = await waitInVain();
  await underLock(async (fence) => {
    await commit(stack.valkey, fence, [{ roomId: 'not-yet', p1: guests[0].id, p2: guests[1].id }]);
    for (const { id } of guests) await assign(stack.valkey, id, 'not-yet', 60_000);
  });
  // Both gateways look after their waiting players, twice, and find a room without a match.
  await new Promise((resolve) => setTimeout(resolve, 8_000));
  await another('matchmaker');
  const starts = await Promise.all(players.map((player) => player.next('GAME_START')));
  for (const { payload } of starts) expect(payload).toMatchObject({ roomId: 'not-yet', resumed: false });
  await Promise.all(players.map((player) => player.next('GAME_OVER')));
  for (const player of players) expect([...player.all('ERROR'), ...player.all('GAME_OVER')]).toHaveLength(1);
});

test('a matchmaker killed at any moment leaves nobody behind', async () => {
  await another('matchmaker');
  const players = await Promise.all(
    Array.from({ length: 30 }, async (_, i) => {
      const gateway = gateways[i % 2] ?? '';
      return Stranger.connect(gateway, (await guest(gateway, `Player ${i}`)).token);
    }),
  );
  for (const player of players) player.send('JOIN_QUEUE');
  await stack.matchmaker.stop('SIGKILL');
  const starts = await Promise.all(players.map((player) => player.next('GAME_START', () => true, 8_000)));
  const rooms = new Map<string, number>();
  for (const { payload } of starts) rooms.set(payload.roomId, (rooms.get(payload.roomId) ?? 0) + 1);
  expect([...rooms.values()]).toEqual(Array(15).fill(2));
});

test('a player whose gateway is killed plays on by the other, and no click is lost or doubled', async () => {
  const [ada, bo] = await Promise.all([loginAsGuest(gateways[0], 'Ada'), loginAsGuest(gateways[1], 'Bo')]);
  // A load balancer's part: whoever comes back is sent to a gateway that lives.
  let alive = gateways[0];
  const player = new Player({ url: () => alive.replace('http', 'ws'), token: ada.token });
  const opponent = new Player({ url: gateways[1].replace('http', 'ws'), token: bo.token });
  const seen: { p1Score?: number | undefined; p2Score?: number | undefined }[] = [];
  opponent.on('UPDATE', (update) => seen.push(update));
  const started = new Promise<number>((resolve) =>
    player.on('GAME_START', ({ startsAt }) => resolve(startsAt)),
  );
  const over = new Promise<{ p1Score: number; p2Score: number }>((resolve) =>
    opponent.on('GAME_OVER', resolve),
  );
  player.joinQueue();
  opponent.joinQueue();
  const startsAt = await started;
  await eventually(() => player.clock.now() > startsAt + 20);
  let made = 0;
  const clicking = setInterval(() => {
    player.click();
    made++;
  }, 40);
  await new Promise((resolve) => setTimeout(resolve, 500));
  alive = gateways[1];
  await stack.gateways[0].stop('SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 700));
  clearInterval(clicking);
  await eventually(() => player.openClicks === 0);
  const { p1Score, p2Score } = await over;
  expect(p1Score + p2Score).toBe(made);
  expect(made).toBeGreaterThan(20);
  player.close();
  opponent.close();
});
