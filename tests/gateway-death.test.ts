/** A gateway that is cut off or dies, and what becomes of its players. */
import { loginAsGuest } from '@overcookied/client/api.ts';
import { Player } from '@overcookied/client/player.ts';
import { describe, expect, type TestContext, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { guest, meet, Stranger } from './support/stranger.ts';
import { ValkeyProxy } from './support/valkey-proxy.ts';

/** A stack of the test's own. */
async function start(onTestFinished: TestContext['onTestFinished'], rules: object): Promise<Stack> {
  const stack = await startStack({ countdownMs: 300, goldenGapMs: [60_000, 60_000], ...rules });
  onTestFinished(() => stack.stop());
  return stack;
}

const urlsOf = ({ gateways }: Stack): [string, string] => [gateways[0].url, gateways[1].url];

// They mostly wait until somebody is taken for dead, and do so together: the longest first.
describe.concurrent('a gateway', { timeout: 60_000 }, () => {
  test('that was only asleep: nobody loses', async ({ onTestFinished }) => {
    const long = await start(onTestFinished, { matchMs: 40_000, graceMs: 4_000 });
    const gateways = urlsOf(long);
    const { players, starts } = await meet(gateways);
    // Until the ticker trusts its connection it takes nobody for dead.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    long.gateways[0].process.kill('SIGSTOP');
    const presence = `overcookied:presence:{${starts[1].payload.opponent}}`;
    await eventually(async () => (await long.valkey.hget(presence, 'gateway')) === null, 16_000);
    long.gateways[0].process.kill('SIGCONT');
    await eventually(async () => (await long.valkey.hget(presence, 'gateway')) !== null);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(players[1].all('GAME_OVER')).toEqual([]);
    players[0].send('CLICK', { count: 1, seq: 1 });
    await players[1].next('OPPONENT_CLICK');
    for (const player of players) player.close();
  });

  test('that is cut off from Valkey: its players go on by another one, within their grace', async ({
    onTestFinished,
  }) => {
    const long = await start(onTestFinished, { matchMs: 16_000 });
    const proxy = await ValkeyProxy.start(long.env.VALKEY_URL ?? '');
    const cut = await new TestService('gateway', { ...long.env, VALKEY_URL: proxy.url }).ready();
    onTestFinished(async () => {
      // It would wait for Valkey to say goodbye.
      await cut.stop('SIGKILL');
      proxy.stop();
    });
    const [ada, bo] = await Promise.all([
      loginAsGuest(cut.url, 'Ada'),
      loginAsGuest(long.gateways[0].url, 'Bo'),
    ]);
    // What a load balancer does: whoever is ready gets the next connection.
    let ready = cut.url;
    const player = new Player({ url: () => ready.replace('http', 'ws'), token: ada.token });
    const opponent = new Player({ url: long.gateways[0].url.replace('http', 'ws'), token: bo.token });
    onTestFinished(() => {
      for (const each of [player, opponent]) each.close();
    });
    const codes: number[] = [];
    player.on('status', (status) => status.state === 'reconnecting' && codes.push(status.code));
    const over = new Promise<{ reason?: string | undefined; p1Score: number; p2Score: number }>((resolve) =>
      opponent.on('GAME_OVER', resolve),
    );
    const started = new Promise((resolve) => player.on('GAME_START', resolve));
    player.joinQueue();
    opponent.joinQueue();
    await started;
    let made = 0;
    const clicking = setInterval(() => {
      if (player.click()) made++;
    }, 100);
    onTestFinished(() => clearInterval(clicking));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    proxy.mute();
    ready = long.gateways[1].url;
    await eventually(() => codes.length > 0, 12_000);
    await eventually(() => player.openClicks === 0);
    clearInterval(clicking);
    const { reason, p1Score, p2Score } = await over;
    expect(codes).toEqual([1013]);
    expect(reason).toBeUndefined();
    expect(p1Score + p2Score).toBe(made);
    expect(cut.complaints.map(({ msg }) => msg)).toContain(
      'cut off from valkey: all players are sent elsewhere',
    );
  });

  test('that dies: those who waited wait no more, and nobody is paired with them', async ({
    onTestFinished,
  }) => {
    const long = await start(onTestFinished, { matchMs: 40_000, graceMs: 4_000 });
    const gateways = urlsOf(long);
    const ghost = await Stranger.connect(gateways[0], (await guest(gateways[0], 'Ghost')).token);
    ghost.send('JOIN_QUEUE');
    await ghost.next('QUEUED');
    await long.gateways[0].stop('SIGKILL');
    await eventually(async () => (await long.valkey.zcard('overcookied:{matchmaking}:queue')) === 0, 16_000);
    const living = await Stranger.connect(gateways[1], (await guest(gateways[1], 'Living')).token);
    living.send('JOIN_QUEUE');
    expect((await living.next('QUEUED')).payload.waiting).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(living.all('GAME_START')).toEqual([]);
    living.close();
  });

  test('that dies: whoever does not come back loses', async ({ onTestFinished }) => {
    const long = await start(onTestFinished, { matchMs: 40_000, graceMs: 4_000 });
    const gateways = urlsOf(long);
    const { players, guests } = await meet(gateways);
    await long.gateways[0].stop('SIGKILL');
    const over = await players[1].next('GAME_OVER', () => true, 25_000);
    expect(over.payload).toMatchObject({ winner: guests[1].id, reason: 'opponent_disconnected' });
    players[1].close();
  });
});
