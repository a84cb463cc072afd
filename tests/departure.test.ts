/** A gateway that is told to end: what becomes of those who are there, and of those who still come. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { RawClient, textFrame } from './support/raw-client.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { guest, meet, Stranger, until } from './support/stranger.ts';

const rules = { countdownMs: 200, matchMs: 30_000, goldenGapMs: [60_000, 60_000] };

let stack: Stack;
let gateway: TestService;

beforeAll(async () => {
  stack = await startStack(rules);
});
afterEach(() => gateway.stop('SIGKILL'));
afterAll(() => stack.stop());

async function start(drain: Record<string, string>): Promise<void> {
  gateway = await new TestService('gateway', { ...stack.env, ...drain }).ready();
}

/** Tells it to end. Resolves to how long that took, in ms, and to the exit code. */
async function end(...signals: NodeJS.Signals[]) {
  const from = performance.now();
  for (const signal of signals) gateway.process.kill(signal);
  const exit = await gateway.stop('SIGTERM');
  return { ms: performance.now() - from, exit };
}

/** The beginning of a close frame with 1012. */
const goingAway = Buffer.from([1012 >> 8, 1012 & 0xff]);

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function newcomer(name: string): Promise<Stranger> {
  return Stranger.connect(gateway.url, (await guest(gateway.url, name)).token);
}

test('serves on for a while without being ready, for newcomers too, before it sends anybody away', async () => {
  await start({ DRAIN_DELAY_MS: '4000', DRAIN_SPREAD_MS: '0' });
  const early = await newcomer('Early');
  const ended = end('SIGTERM');
  await expect.poll(async () => (await fetch(`${gateway.url}/readyz`)).status).toBe(503);
  const late = await newcomer('Late');
  for (const player of [early, late]) {
    player.send('PING', { t: 1 });
    await player.next('PONG');
  }
  expect(early.closed).toBeUndefined();
  for (const player of [early, late]) expect((await player.closing()).code).toBe(1012);
  const { ms, exit } = await ended;
  expect(exit).toBe(0);
  expect(ms).toBeGreaterThan(4_000);
});

test('sends them away one after the other, whatever else it is told meanwhile', async () => {
  await start({ DRAIN_SPREAD_MS: '2000' });
  const players = await Promise.all(Array.from({ length: 40 }, (_, i) => newcomer(`Player ${i}`)));
  const from = performance.now();
  const closedAt: number[] = [];
  for (const { socket } of players) {
    socket.addEventListener('close', ({ code }) =>
      closedAt.push(code === 1012 ? performance.now() - from : -1),
    );
  }
  const ended = end('SIGTERM', 'SIGTERM', 'SIGINT');
  await wait(500);
  const refused = await newcomer('Late');
  expect((await refused.closing()).code).toBe(1012);
  expect((await ended).exit).toBe(0);
  expect(closedAt).toHaveLength(40);
  // On a busy machine some are late, but none goes before its turn, and they do not go together.
  for (const [i, at] of closedAt.entries()) expect(at).toBeGreaterThan((i / 40) * 2_000 - 20);
  expect(closedAt[39]).toBeGreaterThan((closedAt[9] ?? 0) + 500);
});

test('ends at once when nobody is there', async () => {
  await start({ DRAIN_SPREAD_MS: '60000' });
  expect((await end('SIGTERM')).ms).toBeLessThan(5_000);
});

test('waits only for a moment for those who do not say goodbye', async () => {
  await start({ DRAIN_SPREAD_MS: '0' });
  const client = await RawClient.open(gateway.url, (await guest(gateway.url, 'Mute')).token);
  const { ms, exit } = await end('SIGTERM');
  expect(exit).toBe(0);
  expect(ms).toBeLessThan(5_000);
  client.close();
});

/** It hears nobody to whom it has said goodbye (docs/runtimes.md). */
const isBun = process.env.RUNTIME === 'bun';

test.skipIf(isBun)(
  'counts every click that was sent before its player heard of it, with a number or without',
  async () => {
    await start({ DRAIN_SPREAD_MS: '1000' });
    const matches = await Promise.all(Array.from({ length: 10 }, () => meet([gateway.url, gateway.url])));
    const starts = matches.flatMap(({ starts }) => starts);
    const players = matches.flatMap(({ players }) => players);
    await until(Math.max(...starts.map(({ payload }) => payload.startsAt)) + 50, starts[0] as never);
    const sent = players.map(() => 0);
    const clicking = setInterval(() => {
      for (const [i, { socket }] of players.entries()) {
        if (socket.readyState !== WebSocket.OPEN) continue;
        const seq = (sent[i] ?? 0) + 1;
        sent[i] = seq;
        socket.send(JSON.stringify({ type: 'CLICK', payload: i % 2 ? { count: 1, seq } : { count: 1 } }));
      }
    }, 50);
    await wait(500);
    const { exit } = await end('SIGTERM');
    clearInterval(clicking);
    expect(exit).toBe(0);
    for (const [i, { payload }] of starts.entries()) {
      const score = await stack.valkey.hget(`overcookied:game:{${payload.roomId}}`, `${payload.role}Score`);
      expect(Number(score)).toBe(sent[i]);
    }
  },
);

test.skipIf(isBun)('and also those that were on their way when it said so', async () => {
  await start({ DRAIN_SPREAD_MS: '0' });
  const guests = await Promise.all(['Ada', 'Bo'].map((name) => guest(gateway.url, name)));
  const clients = await Promise.all(guests.map(({ token }) => RawClient.open(gateway.url, token)));
  for (const client of clients) client.send('JOIN_QUEUE');
  const presence = `overcookied:presence:{${guests[0]?.id}}`;
  const room = await eventually(() => stack.valkey.hget(presence, 'room'));
  const game = `overcookied:game:{${room}}`;
  await eventually(
    async () => Date.now() > Number((await stack.valkey.hget(game, 'startsAt')) ?? Infinity) + 50,
  );
  for (const { socket } of clients) {
    socket.on('data', (bytes: Buffer) => {
      if (!bytes.includes(goingAway)) return;
      for (let i = 0; i < 3; i++) socket.write(textFrame({ type: 'CLICK' }));
    });
    socket.resume();
  }
  expect((await end('SIGTERM')).exit).toBe(0);
  expect(await stack.valkey.hmget(game, 'p1Score', 'p2Score')).toEqual(['3', '3']);
});
