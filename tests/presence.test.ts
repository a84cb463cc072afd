/**
 * Whoever is connected is there, and whoever is not is away: also when what says so was lost on the way between a
 * gateway and Valkey.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { meet, Stranger, until } from './support/stranger.ts';
import { ValkeyProxy } from './support/valkey-proxy.ts';

const rules = { countdownMs: 300, matchMs: 60_000, goldenGapMs: [60_000, 60_000], graceMs: 4_000 };

let stack: Stack;
/** Between the first two gateways and Valkey. */
let proxies: [ValkeyProxy, ValkeyProxy];
let gateways: [TestService, TestService];
let urls: [string, string];

beforeEach(async () => {
  stack = await startStack(rules);
  const valkey = stack.env.VALKEY_URL ?? '';
  proxies = [await ValkeyProxy.start(valkey), await ValkeyProxy.start(valkey)];
  const starting = proxies.map(({ url }) =>
    new TestService('gateway', { ...stack.env, VALKEY_URL: url }).ready(),
  );
  gateways = (await Promise.all(starting)) as typeof gateways;
  urls = [gateways[0].url, gateways[1].url];
});
afterEach(async () => {
  await Promise.all(gateways.map((gateway) => gateway.stop('SIGKILL')));
  for (const proxy of proxies) proxy.stop();
  await stack.stop();
});

/** The notices for gateways get lost, but for what `passes` lets through. */
const loseNotices = (proxy: ValkeyProxy) => {
  proxy.passesMessage = (channel) => !channel.includes(':notify:');
};

async function inMatch() {
  const { players, guests, starts } = await meet(urls);
  await until(starts[0].payload.startsAt + 50, starts[0]);
  const game = `overcookied:game:{${starts[0].payload.roomId}}`;
  return { players, guests, starts, game, roomId: starts[0].payload.roomId as string };
}

test('a connection that was taken over while its gateway could not be told closes when it can', async () => {
  const { players, guests } = await inMatch();
  proxies[0].cut(true);
  const newer = await Stranger.connect(urls[1], guests[0].token);
  await newer.next('GAME_START');
  expect(players[0].closed).toBeUndefined();
  proxies[0].cut(false);
  expect((await players[0].closing()).code).toBe(4001);
  for (const player of [newer, players[1]]) player.close();
});

test('and when the match has its player down as away, since the newer one is gone', async () => {
  const { players, guests } = await inMatch();
  loseNotices(proxies[0]);
  const newer = await Stranger.connect(urls[1], guests[0].token);
  await newer.next('GAME_START');
  newer.close();
  expect((await players[0].closing()).code).toBe(4001);
  players[1].close();
});

test('a gateway that was taken for dead claims its players back, however often it is interrupted', async () => {
  const { players, game, starts } = await inMatch();
  const away = `${starts[0].payload.role}AwayUntil`;
  proxies[0].cut(true);
  await eventually(async () => Number(await stack.valkey.hget(game, away)) > 0, 12_000);
  let cuts = 0;
  proxies[0].beforeCall = ([name = '']) => {
    // How a gateway says whom it holds.
    if (name.toLowerCase() !== 'hset' || cuts === 2) return;
    cuts++;
    proxies[0].cut(false);
  };
  proxies[0].cut(false);
  await eventually(async () => cuts === 2 && (await stack.valkey.hget(game, away)) === '0', 12_000);
  await new Promise((resolve) => setTimeout(resolve, rules.graceMs + 500));
  for (const player of players) {
    expect(player.all('GAME_OVER')).toEqual([]);
    expect(player.closed).toBeUndefined();
    player.close();
  }
}, 60_000);

test('a player of whom Valkey has forgotten where they are comes back into the match, and can be away again', async () => {
  const { players, guests, roomId } = await inMatch();
  await stack.valkey.del(`overcookied:presence:{${guests[0].id}}`);
  const back = await Stranger.connect(urls[1], guests[0].token, roomId);
  expect((await back.next('GAME_START')).payload).toMatchObject({ resumed: true, roomId });
  players[0].close();
  back.close();
  const over = await players[1].next('GAME_OVER', () => true, 10_000);
  expect(over.payload).toMatchObject({ winner: guests[1].id, reason: 'opponent_disconnected' });
  players[1].close();
});

test('a match that was forgotten long ago is not called lost', async () => {
  const { players, guests, game, roomId } = await inMatch();
  players[0].send('QUIT_GAME');
  await players[1].next('GAME_OVER');
  // While Valkey has the player in the match it is looked for.
  const presence = `overcookied:presence:{${guests[0].id}}`;
  await eventually(async () => (await stack.valkey.hexists(presence, 'room')) === 0);
  await stack.valkey.del(game);
  const back = await Stranger.connect(urls[1], guests[0].token, roomId);
  expect((await back.next('ERROR')).payload).toMatchObject({ code: 'match_forgotten' });
  for (const player of [...players, back]) player.close();
});
