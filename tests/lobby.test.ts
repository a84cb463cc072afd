/** What a page is told that is about to play: who waits, whether a bot is there, what there is to see, and where one stands. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { getJson } from './support/http.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { type Guest, guest, meet, Stranger, until } from './support/stranger.ts';

/** So long after it was sent for, whoever has not met a bot waits for the next one, too. */
const practiceAfterMs = 2_000;
const rules = { countdownMs: 300, matchMs: 14_000, goldenGapMs: [60_000, 60_000] };

let stack: Stack;
let gateways: [string, string];

beforeAll(async () => {
  stack = await startStack(rules, undefined, { PRACTICE_AFTER_MS: String(practiceAfterMs) });
  gateways = [stack.gateways[0].url, stack.gateways[1].url];
});
afterAll(async () => {
  await stack.stop();
});

const news = async (gateway = gateways[0]) => (await getJson(`${gateway}/api/lobby`)).body;

async function join(mode: Record<string, unknown> = {}): Promise<Stranger> {
  const player = await Stranger.connect(gateways[1], (await guest(gateways[1], 'Ada')).token);
  onTestFinished(() => player.close());
  player.send('JOIN_QUEUE', mode);
  return player;
}

test('everybody may ask for their own place, on each board, and nobody for another’s', async () => {
  const ask = (path: string, token?: string) => getJson(`${gateways[0]}/api/place${path}`, token);
  const placeOf = async ({ token }: Guest, board: string) => (await ask(`?board=${board}`, token)).body;
  const nobody = await guest(gateways[0], 'Nobody');
  expect(await placeOf(nobody, 'alltime')).toEqual({ players: 0 });
  const { players, guests, starts } = await meet(gateways);
  await until(starts[0].payload.startsAt + 20, starts[0]);
  for (const [i, player] of players.entries()) player.send('CLICK', { count: 4 - i, seq: 4 - i });
  for (const player of players) await player.next('OPPONENT_CLICK');
  players[1].send('QUIT_GAME');
  await Promise.all(players.map((player) => player.next('GAME_OVER')));
  for (const board of ['alltime', 'weekly', 'rating']) {
    await eventually(async () => (await placeOf(nobody, board)).players === 2);
    // As the board lists them, the best first.
    const { body } = await getJson(`${gateways[1]}/api/leaderboard?board=${board}`);
    const scores = body.map(({ score }: { score: number }) => score);
    if (board !== 'rating') expect(scores).toEqual([4, 3]);
    expect(await placeOf(guests[0], board)).toEqual({ place: 1, score: scores[0], players: 2 });
    expect(await placeOf(guests[1], board)).toEqual({ place: 2, score: scores[1], players: 2 });
    expect(await placeOf(nobody, board)).toEqual({ players: 2 });
  }
  // All-time unless it says otherwise.
  expect((await ask('', guests[0].token)).body.score).toBe(4);
  expect((await ask('')).status).toBe(401);
  expect((await ask('?board=daily', nobody.token)).status).toBe(400);
  expect((await ask('', nobody.token)).headers.get('cache-control')).toBe('no-store');
});

describe('the lobby', () => {
  test('shows a match that is on, but none that has not begun, is friends’, or is nearly over', async () => {
    expect(await news()).toEqual({ waiting: 0, practice: false });
    const friends = [
      await join({ mode: 'private', code: 'friends' }),
      await join({ mode: 'private', code: 'friends' }),
    ];
    await Promise.all(friends.map((friend) => friend.next('GAME_START')));
    const { players, starts } = await meet(gateways);
    const { payload } = starts[0];
    await until(payload.startsAt + 20, starts[0]);
    players[0].send('CLICK', { count: 3, seq: 3 });
    await players[1].next('OPPONENT_CLICK');
    for (const gateway of gateways) {
      const { live, waiting } = await eventually(async () => {
        const told = await news(gateway);
        return told.live && told;
      });
      expect(waiting).toBe(0);
      const { roomId, p1Name, p2Name, role } = payload;
      const [p1Score, p2Score] = role === 'p1' ? [3, 0] : [0, 3];
      // What was read a moment ago may be without the clicks.
      await expect
        .poll(async () => (await news(gateway)).live)
        .toEqual({ roomId, p1: p1Name, p2: p2Name, p1Score, p2Score });
      expect(live.roomId).toBe(roomId);
    }
    // Whoever is there had better be played against.
    const alone = await join();
    await alone.next('QUEUED');
    await eventually(async () => {
      const told = await news();
      return told.waiting === 1 && !told.live;
    });
    alone.send('LEAVE_QUEUE');
    await eventually(async () => (await news()).live);
    // Ten seconds before its end nobody is sent to it any more.
    await until(payload.endsAt - 9_000, starts[0]);
    await eventually(async () => !(await news()).live);
    for (const player of [...players, ...friends]) player.send('QUIT_GAME');
  }, 30_000);

  test('offers a bot, which comes at once, and another one after it, but not to who does not wait for it', async () => {
    const practice = new TestService('practice', { ...stack.env, GATEWAY_URL: gateways[0] });
    onTestFinished(async () => {
      await practice.stop();
    });
    await practice.ready();
    await eventually(async () => (await news(gateways[1])).practice);
    const player = await join({ mode: 'practice' });
    expect((await player.next('GAME_START')).payload.opponent).toMatch(/^bot_/);
    player.send('QUIT_GAME');
    await player.next('GAME_OVER');
    player.send('JOIN_QUEUE', { mode: 'practice' });
    await player.next('GAME_START');
    player.send('QUIT_GAME');
    await player.next('GAME_OVER');
    // What it has offered stands for a few seconds.
    practice.process.kill('SIGSTOP');
    player.send('JOIN_QUEUE', { mode: 'practice' });
    player.send('LEAVE_QUEUE');
    player.send('JOIN_QUEUE', { mode: 'practice' });
    // At once, and not when no bot has come.
    const refused = await player.next('ERROR', ({ code }) => code === 'no_practice', 5_000);
    expect(refused.payload.message).toContain('no bot is offered');
    practice.process.kill('SIGCONT');
    await sleep(practiceAfterMs);
    await eventually(async () => (await news(gateways[1])).practice);
    player.send('JOIN_QUEUE', { mode: 'practice' });
    await player.next('GAME_START');
  });

  test('says so when it knows nothing', async () => {
    const lost = new TestService('gateway', { ...stack.env, VALKEY_URL: 'valkey://127.0.0.1:1' });
    onTestFinished(async () => {
      await lost.stop('SIGKILL');
    });
    const { status, body } = await getJson(`${(await lost.listening()).url}/api/lobby`);
    expect([status, body.error]).toEqual([503, expect.stringContaining('try again')]);
  });
});
