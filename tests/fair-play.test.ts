/** Whatever a client makes up is refused, counted by its cause in the metrics, and told to the client. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getJson } from './support/http.ts';
import { type Stack, startStack } from './support/stack.ts';
import { type Frame, guest, meet, Stranger, until } from './support/stranger.ts';

const rules = {
  ...{ countdownMs: 300, matchMs: 15_000, goldenGapMs: [1_000, 1_200], goldenPoints: 0, bonusFactor: 1 },
  ...{ clickRate: 20, clickBurst: 30 },
};

let stack: Stack;
let gateways: [string, string];

beforeAll(async () => {
  stack = await startStack(rules);
  gateways = [stack.gateways[0].url, stack.gateways[1].url];
});
afterAll(() => stack.stop());

/** How often both gateways together saw this become of that. */
async function counted(action: string, outcome: string): Promise<number> {
  const line = new RegExp(
    `^overcookied_actions_total\\{.*action="${action}",outcome="${outcome}".*\\} (\\d+)$`,
    'm',
  );
  const pages = await Promise.all(gateways.map((url) => getJson(`${url}/metrics`)));
  return pages.reduce((sum, { body }) => sum + Number((body as string).match(line)?.[1] ?? 0), 0);
}

/** What the client is told of it, and how often it is counted more than before. */
async function refused(action: string, outcome: string, player: Stranger, send: () => void) {
  const before = await counted(action, outcome);
  send();
  const { payload } = await player.next('ERROR', ({ code }) => code === outcome);
  return { message: payload.message as string, times: (await counted(action, outcome)) - before };
}

/** The match as Valkey has it. */
const stored = (start: Frame) => stack.valkey.hgetall(`overcookied:game:{${start.payload.roomId}}`);

test('a claim of a golden cookie that is gone is refused', async () => {
  const { players, starts } = await meet(gateways);
  const [ada, bo] = players;
  const spawn = await ada.next('COOKIE_SPAWN');
  ada.send('COOKIE_CLICK', { id: spawn.payload.id });
  await ada.next('UPDATE', ({ goldenCookieClaimedBy }) => goldenCookieClaimedBy !== undefined);
  const late = () => bo.send('COOKIE_CLICK', { id: spawn.payload.id });
  expect(await refused('claim', 'no_golden_cookie', bo, late)).toMatchObject({ times: 1 });
  // Replaced, and there by another number.
  await bo.next('COOKIE_SPAWN', ({ id }) => id > spawn.payload.id);
  bo.send('COOKIE_CLICK', { id: spawn.payload.id });
  bo.send('QUIT_GAME');
  await bo.next('GAME_OVER');
  expect((await stored(starts[0])).goldenBy).toBe(starts[1].payload.opponent);
  for (const player of players) player.close();
});

test('a click of somebody who is in no match, and one for a match that is over, are refused', async () => {
  const { players, starts } = await meet(gateways);
  const { token } = await guest(gateways[0], 'Mallory');
  // Says that it knows no end of a match, which is another's.
  const mallory = await Stranger.connect(gateways[0], token, starts[0].payload.roomId);
  await until(starts[0].payload.startsAt + 50, starts[0]);
  const click = () => mallory.send('CLICK', { seq: 1, count: 1 });
  expect(await refused('click', 'not_in_match', mallory, click)).toMatchObject({ times: 1 });
  const claim = () => mallory.send('COOKIE_CLICK', {});
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await refused('claim', 'not_in_match', mallory, claim)).toMatchObject({ times: 1 });
  players[0].send('QUIT_GAME');
  await players[1].next('GAME_OVER');
  const late = () => players[1].send('CLICK', { seq: 1, count: 1 });
  expect(await refused('click', 'not_in_match', players[1], late)).toMatchObject({ times: 1 });
  expect(await stored(starts[0])).toMatchObject({ p1Score: '0', p2Score: '0' });
  for (const player of [...players, mallory]) player.close();
});

test('a number that nobody can have reached is refused, and honest ones go on counting', async () => {
  const { players, starts } = await meet(gateways);
  const [ada] = players;
  await until(starts[0].payload.startsAt + 20, starts[0]);
  ada.send('CLICK', { seq: 2, count: 2 });
  await ada.next('UPDATE', ({ ack }) => ack === 2);
  const jump = () => ada.send('CLICK', { seq: 5_000, count: 1 });
  const { message, times } = await refused('click', 'seq_jump', ada, jump);
  expect(times).toBe(1);
  expect(message).toContain('ack');
  ada.send('CLICK', { seq: 5, count: 3 });
  await ada.next('UPDATE', ({ ack }) => ack === 5);
  expect(await stored(starts[0])).toMatchObject({ p1Score: '5', p1Ack: '5' });
  ada.send('QUIT_GAME');
  await ada.next('GAME_OVER');
  for (const player of players) player.close();
});

test('the budget holds across gateways and connections, numbered or not', async () => {
  const { players, starts, guests } = await meet(gateways);
  const { startsAt } = starts[0].payload;
  await until(startsAt + 20, starts[0]);
  const before = await counted('click', 'too_fast');
  let mine = players[0];
  let seq = 0;
  for (let i = 0; i < 6; i++) {
    seq += 50;
    mine.send('CLICK', { seq, count: 50 });
    for (let j = 0; j < 20; j++) mine.send('CLICK', {});
    expect((await mine.next('ERROR', ({ code }) => code === 'too_fast')).payload.message).toContain(
      'clickRate',
    );
    mine.close();
    mine = await Stranger.connect(gateways[i % 2] ?? '', guests[0].token);
    await mine.next('GAME_START');
  }
  players[1].send('QUIT_GAME');
  await mine.next('GAME_OVER');
  const { p1Score, p1Counted } = await stored(starts[0]);
  const elapsed = performance.now() - starts[0].at + starts[0].payload.now - startsAt;
  expect(Number(p1Score)).toBe(Number(p1Counted));
  expect(Number(p1Score)).toBeGreaterThanOrEqual(30);
  expect(Number(p1Score)).toBeLessThanOrEqual(30 + (20 * elapsed) / 1_000);
  // 420 were made; unnumbered ones that waited when a connection was closed are given up.
  expect((await counted('click', 'too_fast')) - before).toBeGreaterThan(200);
  for (const player of [mine, players[1]]) player.close();
});
