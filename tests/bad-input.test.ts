import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getJson, postJson } from './support/http.ts';
import { forge as forgeWith } from './support/jwt.ts';
import { RawClient } from './support/raw-client.ts';
import { TestService } from './support/service.ts';
import { guest, Stranger } from './support/stranger.ts';
import { freshValkeyUrl } from './support/valkey.ts';

const secret = 'the secret of this test that it shares with the gateway';

let gateway: TestService;
let token: string;

beforeAll(async () => {
  const env = {
    VALKEY_URL: await freshValkeyUrl(),
    JWT_SECRET: secret,
    ALLOWED_ORIGINS: 'https://friend.example',
  };
  gateway = await new TestService('gateway', env).ready();
  token = (await guest(gateway.url, 'Mallory')).token;
});

afterAll(async () => {
  // Whatever was thrown at it, it lives, and finds nothing worth complaining of.
  expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
  expect(gateway.complaints).toEqual([]);
  expect(await gateway.stop()).toBe(0);
  expect(gateway.stderr).toBe('');
});

const forge = (claims: unknown, key = secret, header?: unknown) => forgeWith(claims, key, header);

const now = Math.floor(Date.now() / 1000);
const claims = {
  user_id: 'guest_1',
  email: '',
  name: 'Eve',
  picture: '',
  iss: 'overcookied',
  iat: now,
  nbf: now,
  exp: now + 60,
};

describe('a socket', () => {
  test('with a good token of another gateway opens', async () => {
    const socket = await Stranger.connect(gateway.url, forge(claims));
    socket.send('PING', { t: 42 });
    const { payload } = await socket.next('PONG');
    expect(payload.t).toBe(42);
    expect(Math.abs(payload.now - Date.now())).toBeLessThan(5_000);
    socket.close();
  });

  test.each([
    ['no token', ''],
    ['nonsense', 'abc.def.ghi'],
    ['an expired token', forge({ ...claims, exp: now - 1 })],
    ['a token from the future', forge({ ...claims, nbf: now + 60 })],
    ['a token of another issuer', forge({ ...claims, iss: 'somebody' })],
    ['a token signed with another key', forge(claims, 'another key of the same length as the right one')],
    [
      'a token without a signature',
      `${forge(claims, secret, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`,
    ],
    ['a token without a player', forge({ ...claims, user_id: undefined })],
  ])('with %s is closed with 4003', async (_what, bad) => {
    const socket = await Stranger.connect(gateway.url, bad);
    expect((await socket.closing()).code).toBe(4003);
  });

  test('answers frames that make no sense, and closes with 1008 at the twentieth', async () => {
    const socket = await Stranger.connect(gateway.url, token);
    const bad = [
      '',
      'hello',
      '[]',
      '{"type":"SHOOT"}',
      '{"type":"CLICK","payload":{"count":-1}}',
      new Uint8Array(9),
    ];
    for (let i = 0; i < 19; i++) socket.socket.send(bad[i % bad.length] ?? '');
    for (let i = 0; i < 19; i++) {
      const { payload } = await socket.next('ERROR');
      expect(payload.message).not.toBe('');
      expect(['bad_frame', 'unknown_type', 'bad_payload']).toContain(payload.code);
    }
    socket.send('PING', { t: 1 });
    await socket.next('PONG');
    socket.socket.send('the twentieth');
    expect((await socket.closing()).code).toBe(1008);
  });

  test.each([513, 1_000_000])('closes with 1009 on a frame of %i bytes', async (length) => {
    const socket = await Stranger.connect(gateway.url, token);
    socket.socket.send('x'.repeat(length));
    expect((await socket.closing()).code).toBe(1009);
  });

  test('takes a frame of 512 bytes', async () => {
    const socket = await Stranger.connect(gateway.url, token);
    socket.socket.send('{"type":"PING","payload":{"t":7}}'.padEnd(512));
    expect((await socket.next('PONG')).payload.t).toBe(7);
    socket.close();
  });

  test('outside a match is told so by what belongs into one', async () => {
    const socket = await Stranger.connect(gateway.url, token);
    for (const type of ['CLICK', 'COOKIE_CLICK', 'QUIT_GAME']) {
      socket.send(type);
      if (type === 'CLICK') expect((await socket.next('ERROR')).payload.code).toBe('not_in_match');
    }
    socket.send('LEAVE_QUEUE');
    socket.send('PING');
    await socket.next('PONG');
    socket.close();
  });

  test.each([
    ['https://evil.example', '403'],
    ['https://friend.example', '101'],
    [undefined, '101'],
  ])('asked for by a page of %s gets %s', async (origin, status) => {
    expect(await firstLine(handshakeText(`/ws?token=${token}`, origin))).toContain(` ${status} `);
  });

  test('asked for at an address that is none gets 400', async () => {
    expect(await firstLine(handshakeText('http://['))).toContain(' 400 ');
    expect(await firstLine(handshakeText('/ws').replace('127.0.0.1', '['))).toContain(' 400 ');
    expect(await firstLine(handshakeText('/ws').replace('127.0.0.1', 'a@b'))).toContain(' 400 ');
    expect(await firstLine(handshakeText('//'))).toContain(' 404 ');
  });

  test.each([
    ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Version: 12'],
    ['dGhlIHNhbXBsZSBub25jZQ==', 'short'],
  ])('asked for with %s changed to %s gets 400', async (right, wrong) => {
    const text = handshakeText(`/ws?token=${token}`).replace(right, wrong);
    expect(await firstLine(text)).toContain(' 400 ');
  });

  test('whose handshake is refused leaves nothing behind', async () => {
    const env = { VALKEY_URL: await freshValkeyUrl(), NODE_OPTIONS: '--max-old-space-size=64' };
    const small = await new TestService('gateway', env).ready();
    const text = handshakeText('/ws').replace(
      'Version: 13',
      `Version: 12\r\nX-Padding: ${'x'.repeat(12_000)}`,
    );
    // Were they kept, they would come to more than the memory that this gateway has.
    for (let batch = 0; batch < 120; batch++) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => firstLine(text, small.port)));
      for (const answer of answers) expect(answer).toContain(' 400 ');
    }
    expect(await small.stop()).toBe(0);
  }, 60_000);

  test('whose handshake is refused is not kept open, even if its client keeps it open', async () => {
    for (const text of [
      handshakeText('/ws').replace('Version: 13', 'Version: 12'),
      handshakeText(`/ws?token=${token}`, 'https://evil.example'),
    ]) {
      const socket = connect({ port: gateway.port, host: '127.0.0.1', allowHalfOpen: true });
      await once(socket, 'connect');
      socket.write(text);
      socket.resume();
      await once(socket, 'end');
      const closed = once(socket, 'close').catch(() => {});
      // Nobody is there any more to take it.
      const writing = setInterval(() => socket.write('x'), 50);
      await closed;
      clearInterval(writing);
    }
  });

  test('that says goodbye and stays all the same does not keep a gateway from ending', async () => {
    const env = { VALKEY_URL: await freshValkeyUrl(), JWT_SECRET: secret, DRAIN_SPREAD_MS: '100' };
    const leaving = await new TestService('gateway', env).ready();
    const socket = connect({ port: leaving.port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    socket.write(handshakeText(`/ws?token=${token}`));
    await once(socket, 'data');
    // A close frame without a code, masked.
    socket.write(Buffer.from([0x88, 0x80, 0, 0, 0, 0]));
    await once(socket, 'data');
    expect(await leaving.stop()).toBe(0);
    socket.destroy();
  });

  test('that goes on sending nonsense after it was told to go holds up nobody', async () => {
    const socket = connect(gateway.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(handshakeText(`/ws?token=${token}`));
    await once(socket, 'data');
    // One byte each, masked, as RFC 6455 has it; the close frame is never answered.
    const frame = Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0x78]);
    socket.write(Buffer.concat(Array(40_000).fill(frame)));
    socket.resume();
    const askedAt = performance.now();
    expect((await fetch(`${gateway.url}/livez`)).status).toBe(200);
    expect(performance.now() - askedAt).toBeLessThan(1_500);
    socket.destroy();
  });

  test('that waits and answers no ping is dead after a while, although nobody has closed it', async () => {
    const client = await RawClient.open(gateway.url, token);
    client.send('JOIN_QUEUE');
    const openedAt = performance.now();
    await client.readToEnd();
    expect(performance.now() - openedAt).toBeGreaterThan(8_000);
    expect(performance.now() - openedAt).toBeLessThan(18_000);
  });

  test('that is reset in the middle of its handshake harms nobody', async () => {
    for (let i = 0; i < 50; i++) {
      const socket = connect(gateway.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(handshakeText(`/ws?token=${token}`), () => socket.resetAndDestroy());
      await once(socket, 'close');
    }
    expect((await getJson(`${gateway.url}/health`)).status).toBe(200);
  });
});

describe('HTTP', () => {
  test('asked to change to something that is not spoken here is served as ever', async () => {
    const text = handshakeText('/health').replace('websocket', 'h2c');
    expect(await firstLine(text)).toContain(' 200 ');
  });

  test('a guest gets a token that any gateway can verify', async () => {
    const me = await postJson(
      `${gateway.url}/auth/guest`,
      JSON.stringify({ name: '  Ada \u202e Lovelace\u0000 ' }),
    );
    expect(me.status).toBe(200);
    expect(me.body).toEqual({
      token: expect.any(String),
      id: expect.stringMatching(/^guest_[\w-]{21}$/),
      name: 'Ada Lovelace',
      picture: '',
      email: '',
    });
    const verified = await getJson(`${gateway.url}/auth/verify`, me.body.token);
    expect(verified.body).toEqual(me.body);
    const payload = JSON.parse(Buffer.from(me.body.token.split('.')[1], 'base64url').toString());
    expect(Object.keys(payload).sort()).toEqual([
      'email',
      'exp',
      'iat',
      'iss',
      'name',
      'nbf',
      'picture',
      'user_id',
    ]);
    expect(payload.exp - payload.iat).toBe(24 * 60 * 60);
  });

  test.each([
    ['{}', 'name'],
    ['{"name":""}', 'must not be empty'],
    ['{"name":"\\u200b \\u0007"}', 'must not be empty'],
    [`{"name":"${'x'.repeat(25)}"}`, 'at most 24 characters'],
    ['{"name":7}', 'must be text'],
    ['{"name":', 'JSON'],
    ['null', ''],
  ])('a guest with %s is told what is wrong', async (body, message) => {
    const answer = await postJson(`${gateway.url}/auth/guest`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(message);
  });

  test('a body that is too large is refused', async () => {
    const answer = await postJson(`${gateway.url}/auth/guest`, JSON.stringify({ name: 'x'.repeat(10_000) }));
    expect(answer.status).toBe(413);
  });

  test.each(['999.1.1.1', '1270.0.1', 'x..1', 'a b', '[::1'])(
    'at the host %s is no failure of ours',
    async (host) => {
      const text = `POST /auth/guest HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\n\r\n`;
      expect(await firstLine(text)).toMatch(/ 4\d\d /);
      expect(gateway.complaints).toEqual([]);
    },
  );

  test('a request that breaks off in the middle of its body harms nobody', async () => {
    for (const length of ['Content-Length: 100', 'Transfer-Encoding: chunked']) {
      const socket = connect(gateway.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(
        `POST /auth/guest HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${length}\r\n\r\n5\r\n{"nam\r\n`,
      );
      // Not before it is being read.
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.resetAndDestroy();
      await once(socket, 'close');
    }
    // Another request, so that whatever is said of those has been said.
    expect((await getJson(`${gateway.url}/health`)).status).toBe(200);
    expect(gateway.complaints).toEqual([]);
  });

  test('a token that does not hold is refused', async () => {
    for (const bad of [undefined, 'nonsense', forge({ ...claims, exp: now - 1 })]) {
      expect((await getJson(`${gateway.url}/auth/verify`, bad)).status).toBe(401);
      expect((await getJson(`${gateway.url}/api/history?userId=x`, bad)).status).toBe(401);
    }
  });

  test('a history is its player’s', async () => {
    const answer = await getJson(`${gateway.url}/api/history?userId=somebody-else`, token);
    expect(answer.status).toBe(403);
    expect((await getJson(`${gateway.url}/api/history`, token)).body).toEqual({ games: [], totalCount: 0 });
  });

  test.each(['board=best', 'limit=0', 'limit=101', 'limit=many'])(
    'a leaderboard with ?%s is refused',
    async (query) => {
      const answer = await getJson(`${gateway.url}/api/leaderboard?${query}`);
      expect(answer.status).toBe(400);
      expect(answer.body.error).toContain(query.split('=')[0]);
    },
  );

  test('the fixed answers are as the protocol says', async () => {
    expect((await getJson(`${gateway.url}/health`)).body).toEqual({ status: 'healthy' });
    expect((await getJson(`${gateway.url}/api/leaderboard`)).body).toEqual([]);
    expect((await postJson(`${gateway.url}/auth/logout`, '')).status).toBe(200);
    expect((await getJson(`${gateway.url}/nowhere`)).status).toBe(404);
    expect((await getJson(`${gateway.url}/ws`)).status).toBe(426);
    expect((await getJson(`${gateway.url}/../../package.json`)).status).toBe(404);
  });
});

/** A WebSocket handshake, byte for byte; `WebSocket` itself lets nobody choose the address or the origin. */
function handshakeText(path: string, origin?: string): string {
  const headers = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${gateway.port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(origin === undefined ? [] : [`Origin: ${origin}`]),
  ];
  return `${headers.join('\r\n')}\r\n\r\n`;
}

/** The first line of what the gateway answers. */
function firstLine(text: string, port = gateway.port): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(String(data).split('\r\n')[0] ?? '');
    });
    socket.write(text);
  });
}
