import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { getJson } from './support/http.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { type Frame, type Guest, guest, meet, Stranger, until } from './support/stranger.ts';

const rules = { countdownMs: 300, matchMs: 3_000, goldenGapMs: [300, 500], graceMs: 5_000 };

let stack: Stack;
let practice: TestService;
let gateways: [string, string];

/** Bots connect to the first gateway. */
const startPractice = () => new TestService('practice', { ...stack.env, GATEWAY_URL: gateways[0] }).ready();

beforeAll(async () => {
  stack = await startStack(rules, undefined, { PRACTICE_AFTER_MS: '500' });
  gateways = [stack.gateways[0].url, stack.gateways[1].url];
  practice = await startPractice();
});
afterAll(async () => {
  await practice.stop();
  await stack.stop();
  expect(practice.complaints).toEqual([]);
});

/** Waits alone until a bot is offered, and takes it. */
async function practise(gateway: string): Promise<{ who: Guest; player: Stranger; start: Frame }> {
  const who = await guest(gateway, 'Ada');
  const player = await Stranger.connect(gateway, who.token);
  player.send('JOIN_QUEUE');
  expect((await player.next('QUEUED')).payload).not.toHaveProperty('practice');
  const offer = await player.next('QUEUED', ({ practice }) => practice, 10_000);
  expect(offer.payload).toMatchObject({ practice: true, waiting: 1, mode: 'ranked' });
  player.send('JOIN_QUEUE', { mode: 'practice' });
  return { who, player, start: await player.next('GAME_START') };
}

describe('practice', () => {
  test('is a match like any other against a bot that says so, and again, and leaves no trace', async () => {
    const { who, player, start } = await practise(gateways[1]);
    const { role, opponent, p1Name, p2Name } = start.payload;
    expect(start.payload.mode).toBe('practice');
    expect(opponent).toMatch(/^bot_/);
    expect(role === 'p1' ? p2Name : p1Name).toMatch(/\(bot\)$/);
    player.send('CLICK');

    await until(start.payload.startsAt + 50, start);
    player.send('CLICK', { seq: 1, count: 1 });
    const over = await player.next('GAME_OVER');
    expect(over.payload).not.toHaveProperty('reason');
    expect(over.payload).not.toHaveProperty('ratingDelta');
    expect(over.payload[`${role}Score`]).toBe(1);
    const clicks = player.all('OPPONENT_CLICK').reduce((sum, { payload }) => sum + payload.count, 0);
    // Somebody of a newcomer's strength, in three seconds.
    expect(clicks).toBeGreaterThan(6);
    expect(clicks).toBeLessThan(30);
    expect(over.payload.winner).toBe(opponent);

    player.send('REMATCH');
    const again = await player.next('GAME_START');
    expect(again.payload).toMatchObject({ mode: 'practice', opponent });
    expect(again.payload.roomId).not.toBe(start.payload.roomId);
    await player.next('OPPONENT_CLICK');
    player.send('QUIT_GAME');
    expect((await player.next('GAME_OVER')).payload).toMatchObject({ winner: opponent, reason: 'quit' });

    // What comes later and counts is on the boards, so that what came before would be there too.
    const { players, guests } = await meet(gateways);
    players[0].send('QUIT_GAME');
    await players[0].next('GAME_OVER');
    await eventually(async () => (await historyOf(guests[1])).totalCount === 1);
    for (const board of ['alltime', 'weekly', 'rating']) {
      const { body } = await getJson(`${gateways[0]}/api/leaderboard?board=${board}`);
      expect(body.filter(({ name }: { name: string }) => !['Ada', 'Bo'].includes(name))).toEqual([]);
    }
    expect(await historyOf(who)).toEqual({ games: [], totalCount: 0 });
    const { body } = await getJson(`${gateways[0]}/api/profile`, who.token);
    expect(body).toMatchObject({ rating: 1_500, matches: 0, points: 0 });
  });

  test('gives every player a bot of their own', async () => {
    // One after the other: two who wait at once meet each other.
    const one = await practise(gateways[0]);
    const two = await practise(gateways[1]);
    expect(one.start.payload.opponent).not.toBe(two.start.payload.opponent);
    for (const { player } of [one, two]) {
      await player.next('OPPONENT_CLICK');
      player.close();
    }
  });

  test('leaves the win to the player when the service ends', async () => {
    const { who, player } = await practise(gateways[1]);
    await player.next('OPPONENT_CLICK');
    expect(await practice.stop()).toBe(0);
    const over = await player.next('GAME_OVER');
    expect(over.payload).toMatchObject({ winner: who.id, reason: 'quit' });
    practice = await startPractice();
  });
});

async function historyOf({ id, token }: Guest) {
  return (await getJson(`${gateways[0]}/api/history?userId=${id}`, token)).body;
}
