/**
 * A gateway's link to Valkey loses messages, is slow and breaks; whenever it is quiet for a moment, both players' screens
 * show what the match's hash says.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Random } from './chaos/random.ts';
import { eventually } from './support/eventually.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { meet, type Stranger, until } from './support/stranger.ts';
import { ValkeyProxy } from './support/valkey-proxy.ts';

const rules = { countdownMs: 300, matchMs: 60_000, goldenGapMs: [300, 600], graceMs: 20_000 };
/** So long after the last thing that happened, everybody has been told of it, in ms. */
const quietMs = 8_000;
const rounds = 4;

let stack: Stack;
let proxies: [ValkeyProxy, ValkeyProxy];
let behind: [TestService, TestService];

beforeEach(async () => {
  stack = await startStack(rules);
  const valkey = stack.env.VALKEY_URL ?? '';
  proxies = [await ValkeyProxy.start(valkey), await ValkeyProxy.start(valkey)];
  const gateways = proxies.map(({ url }) =>
    new TestService('gateway', { ...stack.env, VALKEY_URL: url }).ready(),
  );
  behind = (await Promise.all(gateways)) as typeof behind;
});
afterEach(async () => {
  await Promise.all(behind.map((gateway) => gateway.stop()));
  for (const proxy of proxies) proxy.stop();
  await stack.stop();
});

/** What a player's screen shows of a match: everything that they were told, one thing after the other. */
function screen(player: Stranger) {
  const shown = { p1: 0, p2: 0, golden: 0 };
  for (const { type, payload } of player.frames) {
    shown.p1 = payload.p1Score ?? shown.p1;
    shown.p2 = payload.p2Score ?? shown.p2;
    if (type === 'COOKIE_SPAWN') shown.golden = payload.id;
    if (payload.goldenCookieClaimedBy) shown.golden = 0;
  }
  return shown;
}

async function stored(roomId: string) {
  const [p1, p2, open, id] = await stack.valkey.hmget(
    `overcookied:game:{${roomId}}`,
    ...['p1Score', 'p2Score', 'goldenOpen', 'goldenId'],
  );
  return { p1: Number(p1), p2: Number(p2), golden: open === '1' ? Number(id) : 0 };
}

/** Both click and reach for golden cookies for a while. */
async function play(players: readonly Stranger[], made: [number, number], ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    for (const [i, player] of players.entries()) {
      made[i] = (made[i] ?? 0) + 1;
      player.send('CLICK', { seq: made[i], count: 1 });
      const { golden } = screen(player);
      if (golden > 0) player.send('COOKIE_CLICK', { id: golden });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function expectTruth(players: readonly Stranger[], roomId: string, what: string): Promise<void> {
  for (const [i, player] of players.entries()) {
    let seen = {};
    const isTrue = async () => {
      const [shown, truth] = [screen(player), await stored(roomId)];
      seen = { shown, truth };
      return JSON.stringify(shown) === JSON.stringify(truth);
    };
    await eventually(isTrue, quietMs).catch(() =>
      expect.fail(`${what}, player ${i}: ${JSON.stringify(seen)}`),
    );
  }
}

const trouble: Record<string, (random: Random) => () => void> = {
  'messages are lost': (random) => {
    for (const proxy of proxies) proxy.passesMessage = () => random.next() > 0.4;
    return () => {};
  },
  'all messages are lost': () => {
    for (const proxy of proxies) proxy.passesMessage = (channel) => !channel.endsWith(':events');
    return () => {};
  },
  'answers and messages are slow': (random) => {
    for (const proxy of proxies) proxy.delayMs = () => random.between(0, 200);
    return () => {};
  },
  'connections break': (random) => {
    const timer = setInterval(() => random.pick(proxies).cut(false), 350);
    return () => clearInterval(timer);
  },
};

test.each(Object.keys(trouble))(
  'screens show the truth although %s',
  async (what) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = new Random(seed);
    const { players, starts } = await meet([behind[0].url, behind[1].url]);
    const { roomId, startsAt } = starts[0].payload;
    await until(startsAt + 20, starts[0]);
    const made: [number, number] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const calm = trouble[what]?.(random);
      await play(players, made, 1_500);
      calm?.();
      await expectTruth(players, roomId, `seed ${seed}, round ${round}`);
    }
    for (const [i, { payload }] of starts.entries()) {
      const ack = async () =>
        Number(await stack.valkey.hget(`overcookied:game:{${roomId}}`, `${payload.role}Ack`));
      await eventually(async () => (await ack()) === made[i], quietMs);
    }
    expect(players.map(({ closed }) => closed)).toEqual([undefined, undefined]);
    for (const gateway of behind) expect(gateway.stderr).toBe('');
  },
  60_000,
);

test('what has reached a gateway counts, although the player is gone before Valkey has answered', async () => {
  const { players, starts } = await meet([behind[0].url, behind[1].url]);
  await until(starts[0].payload.startsAt + 20, starts[0]);
  for (const proxy of proxies) proxy.delayMs = () => 100;
  for (let seq = 1; seq <= 25; seq++) {
    players[0].send('CLICK', { seq, count: 1 });
    players[1].send('CLICK', { count: 1 });
  }
  for (const player of players) player.close();
  const game = `overcookied:game:{${starts[0].payload.roomId}}`;
  await eventually(async () => {
    const scores = await stack.valkey.hmget(game, 'p1Score', 'p2Score');
    return scores.every((score) => score === '25');
  });
});
