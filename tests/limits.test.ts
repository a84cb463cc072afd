/** What one client may ask of the gateways, whichever of them it asks, and what it is told beyond that. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { allOver, letClick, tally } from './support/clickers.ts';
import { eventually } from './support/eventually.ts';
import { type Answer, getJson, postJson } from './support/http.ts';
import { type Knock, knock } from './support/knock.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { guest, Stranger } from './support/stranger.ts';
import { freshValkeyUrl } from './support/valkey.ts';
import { ValkeyProxy } from './support/valkey-proxy.ts';

const limits = {
  ...{ connectionsPerAddress: 6, guestsPerAddress: 30, requestsPerAddress: 60, connectsPerPlayer: 5 },
  ...{ framesPerSecond: 10, frameBurst: 20, headersMs: 2_000, headerBytes: 2_048 },
};
// On a busy machine a service alone takes that long to start.
vi.setConfig({ testTimeout: 60_000 });

const rules = { countdownMs: 300, matchMs: 8_000, goldenPoints: 0, bonusFactor: 1 };

let stack: Stack;
let gateways: [string, string];
const knocking = new Set<WebSocket>();

beforeAll(async () => {
  // A test speaks for any client, as a load balancer does; for nobody, it is one of ours.
  const env = { LIMITS: JSON.stringify(limits), TRUSTED_PROXIES: '127.0.0.1' };
  stack = await startStack(rules, undefined, env);
  gateways = [stack.gateways[0].url, stack.gateways[1].url];
});

afterAll(async () => {
  for (const socket of knocking) socket.terminate();
  for (const { stderr } of stack.gateways) expect(stderr).toBe('');
  await stack.stop();
});

const from = (address: string) => ({ 'x-forwarded-for': address });
const login = (url: string, address: string) =>
  postJson(`${url}/auth/guest`, '{"name":"Mallory"}', from(address));
const gatewayOf = (i: number) => gateways[i % 2 ? 1 : 0];

/** Asks the gateways in turn until one refuses. */
async function untilRefused(ask: (i: number) => Promise<Answer>, most: number) {
  for (let done = 0; ; done++) {
    if (done > most) throw new Error(`${done} were not refused`);
    const answer = await ask(done);
    if (answer.status !== 200) return { done, answer };
  }
}

/** What the gateways have refused because of this limit. */
async function limited(limit: string, urls: readonly string[] = gateways): Promise<number> {
  const pages = await Promise.all(urls.map((url) => getJson(`${url}/metrics`)));
  const line = new RegExp(`^overcookied_limited_total\\{.*limit="${limit}".*\\} (\\d+)$`, 'm');
  return pages.reduce((sum, { body }) => sum + Number((body as string).match(line)?.[1] ?? 0), 0);
}

/** A client at an address would like to open a socket. */
async function knockFrom(address: string, gateway: string, token: string | undefined): Promise<Knock> {
  const answer = await knock(gateway, token ?? '', from(address));
  knocking.add(answer.socket);
  return answer;
}

describe('an address', () => {
  test('makes only so many guests a minute, by all gateways together', async () => {
    const { done, answer } = await untilRefused((i) => login(gatewayOf(i), '203.0.113.1'), 60);
    expect(done).toBeGreaterThanOrEqual(30);
    expect(answer.status).toBe(429);
    expect(answer.body.error).toMatch(/^too many guests from your address: try again in [12] s$/);
    // What it may do besides is another matter, and so is another address.
    expect((await getJson(`${gateways[0]}/api/leaderboard`)).status).toBe(200);
    expect((await login(gateways[0], '203.0.113.2')).status).toBe(200);
    await sleep(Number(answer.headers.get('retry-after')) * 1_000);
    expect((await login(gateways[0], '203.0.113.1')).status).toBe(200);
    expect(await limited('guestsPerAddress')).toBeGreaterThanOrEqual(1);
  });

  test('makes only so many requests a minute, handshakes included, and is not asked who it is any more', async () => {
    const ask = (i: number) => getJson(`${gatewayOf(i)}/api/leaderboard`, undefined, from('2001:db8::1'));
    const { done, answer } = await untilRefused(ask, 120);
    expect(done).toBeGreaterThanOrEqual(60);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1']);
    // The same network, with a token that is none; while others of it ask, since each second one may.
    await eventually(async () => {
      const [{ status, retryAfter }, ...others] = await Promise.all([
        knockFrom('2001:db8::ffff', gateways[0], 'nonsense'),
        ...Array.from({ length: 10 }, () => ask(0)),
      ]);
      expect(others.some((other) => other.status === 429)).toBe(true);
      return status === 429 && retryAfter === 1;
    }, 30_000);
    expect(await limited('requestsPerAddress')).toBeGreaterThanOrEqual(2);
    // Nothing of it concerns who asks whether the gateway is well.
    expect((await fetch(`${gateways[0]}/health`, { headers: from('2001:db8::1') })).status).toBe(200);
    expect((await fetch(`${gateways[0]}/`, { headers: from('2001:db8::1') })).status).not.toBe(429);
  });

  test('is told of in the log once a minute', async () => {
    const told = () => stack.gateways.flatMap(({ log }) => log.filter(({ msg }) => msg === 'over a limit'));
    await eventually(() => told().some(({ limit }) => limit === 'requestsPerAddress'));
    const lines = told();
    for (const { address } of lines) {
      const each = stack.gateways.map(({ log }) => log.filter((line) => line.address === address).length);
      expect(Math.max(...each)).toBe(1);
    }
    expect(lines).toContainEqual(
      expect.objectContaining({ limit: 'requestsPerAddress', address: '2001:db8::/64', level: 'info' }),
    );
  });

  test('that makes up where it comes from gains nothing by it', async () => {
    const { answer } = await untilRefused(
      (i) => login(gatewayOf(i), `198.51.100.${i}, nonsense, 203.0.113.3`),
      60,
    );
    expect(answer.status).toBe(429);
    // A gateway that trusts nobody believes nobody.
    const env = { VALKEY_URL: await freshValkeyUrl(), LIMITS: '{"guestsPerAddress":3}' };
    const gateway = new TestService('gateway', env);
    onTestFinished(async () => {
      await gateway.stop('SIGKILL');
    });
    const { url } = await gateway.ready();
    const { done } = await untilRefused((i) => login(url, `198.51.100.${i}`), 5);
    expect(done).toBe(3);
  });
});

test('a player who connects over and over is told to stop with 4029, by any gateway; others are not', async () => {
  const { token } = await guest(gateways[0], 'Loop');
  const sockets: Stranger[] = [];
  for (let i = 0; i < 5; i++) sockets.push(await Stranger.connect(gatewayOf(i), token));
  for (const socket of sockets.slice(0, 4)) expect((await socket.closing()).code).toBe(4001);
  for (const gateway of gateways) {
    const socket = await Stranger.connect(gateway, token);
    expect((await socket.closing()).code).toBe(4029);
  }
  // The latest of those that were let in plays on.
  sockets[4]?.send('PING', { t: 1 });
  await sockets[4]?.next('PONG');
  const other = await Stranger.connect(gateways[0], (await guest(gateways[0], 'Other')).token);
  other.send('PING', { t: 1 });
  await other.next('PONG');
  for (const socket of [sockets[4], other]) socket?.close();
  expect(await limited('connectsPerPlayer')).toBe(2);
});

describe('a socket', () => {
  test('that sends too many frames is told so once a second, and closed with 1008 if it goes on', async () => {
    const socket = await Stranger.connect(gateways[0], (await guest(gateways[0], 'Fast')).token);
    // Twenty at once are fine, and so are some more meanwhile.
    for (let i = 0; i < 35; i++) socket.send('PING', { t: i });
    expect((await socket.next('ERROR')).payload.code).toBe('too_many_frames');
    expect(socket.all('PONG').length).toBeGreaterThanOrEqual(20);
    expect(socket.all('PONG').length).toBeLessThan(35);
    expect(socket.all('ERROR')).toHaveLength(1);
    // It is heard again when it has waited.
    await sleep(500);
    socket.send('PING', { t: 99 });
    await socket.next('PONG', ({ t }) => t === 99);
    for (let i = 0; i < 100; i++) socket.send('PING', { t: i });
    expect((await socket.closing()).code).toBe(1008);
    expect(await limited('framesPerSecond')).toBeGreaterThan(20);
  });

  test('with frames that are too large, or make no sense, is counted by its cause', async () => {
    const [large, nonsense] = await Promise.all(
      ['Large', 'Nonsense'].map(async (name) =>
        Stranger.connect(gateways[1], (await guest(gateways[1], name)).token),
      ),
    );
    large?.socket.send('x'.repeat(513));
    expect((await large?.closing())?.code).toBe(1009);
    for (let i = 0; i < 20; i++) nonsense?.socket.send('?');
    expect((await nonsense?.closing())?.code).toBe(1008);
    const counted = async () => (await limited('frameBytes')) === 1 && (await limited('badFrames')) === 1;
    await eventually(counted);
  });
});

describe('a connection', () => {
  /** What is answered to these bytes, until the gateway ends the connection. */
  async function answerTo(...pieces: string[]): Promise<string> {
    const socket = connect(Number(new URL(gateways[0]).port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    socket.on('error', () => {});
    const closed = once(socket, 'close');
    await once(socket, 'connect');
    for (const piece of pieces) {
      if (socket.writable) socket.write(piece);
      await Promise.race([sleep(50), closed]);
    }
    await closed;
    return answer;
  }
  const request = 'GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n';

  test('that says nothing, does not finish its handshake, or sends it letter by letter is ended', async () => {
    const connectedAt = performance.now();
    const answers = await Promise.all([answerTo(), answerTo(request), answerTo(...request)]);
    for (const answer of answers) expect(answer).toContain('408 Request Timeout');
    expect(performance.now() - connectedAt).toBeLessThan(30_000);
    expect(await limited('headersMs')).toBeGreaterThanOrEqual(3);
  });

  test('whose headers are too large gets 431, and a body that is too large 413', async () => {
    const answer = await answerTo(`GET / HTTP/1.1\r\nHost: a\r\nX-Padding: ${'x'.repeat(3_000)}\r\n\r\n`);
    expect(answer).toContain('431 Request Header Fields Too Large');
    expect((await postJson(`${gateways[0]}/auth/guest`, 'x'.repeat(5_000))).status).toBe(413);
    expect([await limited('headerBytes'), await limited('bodyBytes')]).toEqual([1, 1]);
  });
});

// They mostly wait, and do so together.
describe.concurrent('in some seconds', () => {
  test('an address has only so many sockets, and room again when one closes or a gateway dies with them', async ({
    onTestFinished,
  }) => {
    const address = '203.0.113.4';
    const env = { ...stack.env, ...{ TRUSTED_PROXIES: '127.0.0.1' } };
    const mortal = await new TestService('gateway', env).ready();
    onTestFinished(async () => {
      await mortal.stop('SIGKILL');
    });
    const tokens = await Promise.all(
      Array.from({ length: 8 }, async () => (await guest(gateways[0], 'Bo')).token),
    );
    const places = [gateways[0], gateways[1], mortal.url];
    const open = await Promise.all(
      tokens.slice(0, 6).map((token, i) => knockFrom(address, places[i % 3] ?? '', token)),
    );
    expect(open.map(({ status }) => status)).toEqual(Array(6).fill(101));
    const refused = await knockFrom(address, gateways[0], tokens[6]);
    expect([refused.status, refused.retryAfter]).toEqual([429, 1]);
    expect((await knockFrom('203.0.113.5', gateways[0], tokens[7])).status).toBe(101);
    open[1]?.socket.close();
    const isIn = async () => (await knockFrom(address, gateways[0], tokens[6])).status === 101;
    await eventually(isIn, 10_000);
    expect((await knockFrom(address, gateways[1], tokens[7])).status).toBe(429);
    await mortal.stop('SIGKILL');
    await eventually(async () => (await knockFrom(address, gateways[1], tokens[7])).status === 101, 15_000);
    expect(await limited('connectionsPerAddress')).toBeGreaterThanOrEqual(2);
  });

  test('a player loses no click that has a number by sending too many frames', async () => {
    // Twice as fast as frames are dealt with, and no faster than the rules allow.
    const clickers = await letClick(gateways, 2, { clickEveryMs: 50, stopBeforeMs: 5_000 });
    await allOver(clickers, 40_000);
    for (const { made, counted } of tally(clickers)) {
      expect(made).toBeGreaterThan(10);
      expect(counted).toBe(made);
    }
    for (const { player } of clickers) player.close();
  });

  test('without Valkey nobody is kept out, and it is counted that nobody was asked', async ({
    onTestFinished,
  }) => {
    const proxy = await ValkeyProxy.start(await freshValkeyUrl());
    const strict = {
      guestsPerAddress: 1,
      requestsPerAddress: 20,
      connectionsPerAddress: 1,
      connectsPerPlayer: 1,
    };
    const gateway = new TestService('gateway', { VALKEY_URL: proxy.url, LIMITS: JSON.stringify(strict) });
    onTestFinished(async () => {
      await gateway.stop('SIGKILL');
      proxy.stop();
    });
    const { url } = await gateway.ready();
    const { token } = await guest(url, 'First');
    expect((await login(url, '203.0.113.1')).status).toBe(429);
    proxy.mute();
    const sockets = await Promise.all([1, 2].map(() => knockFrom('203.0.113.1', url, token)));
    expect(sockets.map(({ status }) => status)).toEqual([101, 101]);
    const { body } = await getJson(`${url}/metrics`);
    const unchecked = (body as string).match(/^overcookied_limits_unchecked_total.*$/gm) ?? [];
    for (const limit of ['requestsPerAddress', 'connectionsPerAddress', 'connectsPerPlayer']) {
      const counted = expect.stringMatching(new RegExp(`limit="${limit}".*\\} [1-9]`));
      expect(unchecked).toContainEqual(counted);
    }
  });
});
