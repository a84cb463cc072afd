/** One match, followed by its room id through the logs of all services, as the runbook says. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import type { LogLine } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { guest, Stranger, until } from './support/stranger.ts';

let stack: Stack;

beforeAll(async () => {
  // With all that may be said, also what nobody looks at by day.
  stack = await startStack({ countdownMs: 200, matchMs: 2_500 }, undefined, { LOG_LEVEL: 'trace' });
}, 60_000);

afterAll(() => stack?.stop());

/** In the order of time; of two of the same millisecond that one is first whose service acts first. */
const allLines = () =>
  [stack.matchmaker, ...stack.gateways, stack.ticker]
    .flatMap(({ log }) => log)
    .toSorted((a, b) => Date.parse(a.time as string) - Date.parse(b.time as string));

/** At the level that runs in production. */
const isTold = ({ level }: LogLine) => level !== 'debug' && level !== 'trace';

/** What all gateways together tell under this name, with these labels. */
async function sumOf(name: string, labels: string): Promise<number> {
  const pages = await Promise.all(
    stack.gateways.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()),
  );
  const samples = pages.join('\n').matchAll(/^overcookied_(\w+)\{(.*)\} (\S+)$/gm);
  return [...samples]
    .filter(([, each, told = '']) => each === name && told.includes(labels))
    .reduce((sum, [, , , value]) => sum + Number(value), 0);
}

test('a match can be followed through all services by its room, and by its players', async () => {
  const [{ url: here }, { url: there }] = stack.gateways;
  const ada = await guest(here, 'Ada Unmistakable');
  const bo = await guest(there, 'Bo Unmistakable');
  const one = await Stranger.connect(here, ada.token);
  let two = await Stranger.connect(there, bo.token);
  one.send('JOIN_QUEUE');
  await one.next('QUEUED');
  two.send('JOIN_QUEUE');
  const start = await one.next('GAME_START');
  await two.next('GAME_START');
  const { roomId: room, startsAt, endsAt } = start.payload;

  await until(startsAt + 20, start);
  for (let seq = 1; seq <= 20; seq++) one.send('CLICK', { seq, count: 1 });
  // Two gateways hold the match, and it is one all the same.
  expect(await sumOf('gateway_matches', 'phase="playing"')).toBe(1);
  two.close();
  await eventually(() => stack.gateways[0].log.some(({ msg }) => msg === 'player is away'));
  two = await Stranger.connect(here, bo.token);
  await two.next('GAME_START');
  const [over] = await Promise.all([one.next('GAME_OVER'), two.next('GAME_OVER')]);
  // A line is read after it was written, and those of three services in any order.
  const ofRoom = (msg: string) => allLines().filter((line) => line.room === room && line.msg === msg);
  await eventually(() => ofRoom('result recorded').length === 1 && ofRoom('match over').length === 2);
  await until(endsAt + 100, start);

  const players = [ada.id, bo.id];
  const { p1Score, p2Score } = over.payload;
  const scores = [p1Score, p2Score];
  const ofMatch = allLines().filter((line) => line.room === room && isTold(line));
  // Each line of it once, however often they clicked; those between two others in any order.
  const stages: Record<string, unknown>[][] = [
    [{ service: 'matchmaker', msg: 'players paired', players }],
    [
      { service: 'matchmaker', msg: 'match announced', players, mode: 'ranked' },
      { service: 'gateway', msg: 'match started', player: ada.id, role: 'p1', mode: 'ranked' },
      { service: 'gateway', msg: 'match started', player: bo.id, role: 'p2', mode: 'ranked' },
    ],
    [{ service: 'gateway', msg: 'player is away', player: bo.id, role: 'p2' }],
    [{ service: 'gateway', msg: 'player is back', player: bo.id, role: 'p2', mode: 'ranked' }],
    [
      { service: 'gateway', msg: 'match over', players, scores, winner: ada.id, reason: '' },
      { service: 'game-ticker', msg: 'match over', players, scores, winner: ada.id, reason: '' },
      { service: 'game-ticker', msg: 'result recorded', players, scores },
    ],
  ];
  let at = 0;
  for (const stage of stages) {
    const lines = ofMatch.slice(at, at + stage.length);
    expect(lines).toHaveLength(stage.length);
    for (const line of stage) expect(lines).toContainEqual(expect.objectContaining(line));
    at += stage.length;
  }
  expect(ofMatch.slice(at)).toEqual([]);

  expect(await sumOf('joins_total', 'mode="ranked",outcome="queued"')).toBe(2);
  expect(await sumOf('resumes_total', 'outcome="resumed"')).toBe(1);
  expect(await sumOf('gateway_matches', '')).toBe(0);

  // Before there is a room there are players.
  const before = allLines().filter(({ player }) => players.includes(player as string));
  for (const player of players) {
    expect(before[players.indexOf(player)]).toMatchObject({ msg: 'player joined', player, mode: 'ranked' });
  }
  for (const player of [one, two]) player.close();
});

test('who a player is, and what lets them in, is in no log', async () => {
  const [{ url }] = stack.gateways;
  const strange = await guest(url, 'Eve Unmistakable');
  // What is refused must not be told either.
  const refused = await Stranger.connect(url, `${strange.token}x`);
  await refused.closing();
  const eve = await Stranger.connect(url, strange.token);
  eve.send('JOIN_QUEUE');
  await eve.next('QUEUED');
  eve.socket.send('{"type":"JOIN_QUEUE"');
  await eve.next('ERROR');
  eve.close();
  await eventually(() => allLines().some(({ player }) => player === strange.id));
  const text = JSON.stringify(allLines());
  expect(text).toContain(strange.id);
  expect(text).not.toContain('Unmistakable');
  for (const part of strange.token.split('.')) expect(text).not.toContain(part);
});

test('a client that asks without end fills no log', async () => {
  const [{ url }] = stack.gateways;
  const { token, id } = await guest(url, 'Mallory');
  const mallory = await Stranger.connect(url, token);
  for (let i = 0; i < 12; i++) {
    mallory.send('JOIN_QUEUE');
    mallory.send('LEAVE_QUEUE');
  }
  // Dealt with after all that, as it is written after all that.
  mallory.send('COOKIE_CLICK');
  await mallory.next('ERROR', ({ code }) => code === 'not_in_match');
  const { token: last, id: lastId } = await guest(url, 'Trent');
  const trent = await Stranger.connect(url, last);
  trent.send('JOIN_QUEUE');
  await eventually(() => allLines().some(({ player }) => player === lastId));
  const lines = allLines().filter(({ player, msg }) => player === id && msg === 'player joined');
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.length).toBeLessThan(6);
  for (const player of [mallory, trent]) player.close();
});
