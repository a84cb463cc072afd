/** What browsers are told to do with the gateway's answers, and whose pages may ask for them. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { knock } from './support/knock.ts';
import { TestService } from './support/service.ts';
import { guest } from './support/stranger.ts';
import { freshValkeyUrl } from './support/valkey.ts';

const friend = 'https://friend.example';
const password = 'a password of the tests';
const operator = { authorization: `Basic ${btoa(`ops:${password}`)}` };

let gateway: TestService;
let token: string;

beforeAll(async () => {
  const env = {
    VALKEY_URL: await freshValkeyUrl(),
    ALLOWED_ORIGINS: `${friend},http://localhost:5173`,
    TRUSTED_PROXIES: '127.0.0.1',
    OPS_PASSWORD: password,
    LIMITS: '{"guestsPerAddress":1}',
  };
  gateway = await new TestService('gateway', env).ready();
  token = (await guest(gateway.url, 'Ada')).token;
});

afterAll(async () => {
  await gateway.stop('SIGKILL');
});

const ask = (path: string, init: RequestInit = {}) => fetch(`${gateway.url}${path}`, init);
const guestFrom = (address: string, body = '{"name":"Bo"}') => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-forwarded-for': address, origin: friend },
  body,
});

/** What the policy of a page says, by directive. */
const policyOf = async (path: string) => {
  const policy = (await ask(path)).headers.get('content-security-policy') ?? '';
  return new Map(policy.split('; ').map((each) => each.split(/ (.*)/) as [string, string]));
};

/** One of every kind. */
const answers: [status: number, path: string, init?: RequestInit][] = [
  [404, '/nowhere'],
  [200, '/health'],
  [200, '/livez'],
  [200, '/readyz'],
  [200, '/metrics'],
  [200, '/auth/options'],
  [401, '/auth/verify'],
  [200, '/auth/logout', { method: 'POST' }],
  [204, '/auth/guest', { method: 'OPTIONS' }],
  [400, '/auth/guest', guestFrom('203.0.113.1', '{"name":')],
  [413, '/auth/guest', guestFrom('203.0.113.1', 'x'.repeat(5_000))],
  [200, '/auth/guest', guestFrom('203.0.113.2')],
  [429, '/auth/guest', guestFrom('203.0.113.2')],
  [200, '/api/leaderboard'],
  [400, '/api/leaderboard?limit=0'],
  [401, '/api/history'],
  [200, '/api/lobby'],
  [401, '/api/place'],
  [426, '/ws'],
  [426, '/ws/watch/a-match'],
  [403, '/ws/watch/a-match', { headers: { origin: 'https://evil.example' } }],
  [403, '/ws', { headers: { origin: 'https://evil.example' } }],
  [401, '/ops'],
  [200, '/ops', { headers: operator }],
  [200, '/ops/board', { headers: operator }],
];

test.each(answers)(
  'an answer %i of %s does no more in a browser than it must',
  async (status, path, init) => {
    const response = await ask(path, init);
    expect(response.status).toBe(status);
    const { headers } = response;
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('x-powered-by')).toBeNull();
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src '(none|self)'; .*frame-ancestors 'none'/);
    expect(policy.match(/script-src[^;]*/)?.[0] ?? '').not.toMatch(/unsafe|\*|https?:/);
  },
);

test('the page may run its own scripts and no other, and reach its own gateway and no other', async () => {
  const directives = await policyOf('/');
  expect(directives.get('default-src')).toBe("'self'");
  // Whatever is not named is as default-src has it.
  for (const name of ['script-src', 'connect-src', 'worker-src', 'manifest-src']) {
    expect(directives.has(name)).toBe(false);
  }
  expect(directives.get('img-src')).toBe("'self' https: data:");
  for (const name of ['object-src', 'base-uri', 'frame-ancestors'])
    expect(directives.get(name)).toBe("'none'");
});

test('the page is styled by what it carries, and by no other style that gets into it', async () => {
  const [, style = ''] = (await (await ask('/')).text()).match(/<style>(.+)<\/style>/s) ?? [];
  expect(style).toContain('.opening');
  const hash = createHash('sha256').update(style).digest('base64');
  expect((await policyOf('/')).get('style-src')).toBe(`'self' 'sha256-${hash}'`);
});

test('what browsers keep of the page is as old as they may believe', async () => {
  const page = await ask('/');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const [script = ''] = (await page.text()).match(/\/assets\/[^"]+\.js/) ?? [];
  expect((await ask(script)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await ask('/assets/of-yesterday.js')).headers.get('cache-control')).toBeNull();

  const known = { headers: { 'if-none-match': page.headers.get('etag') ?? '' } };
  const unchanged = await ask('/', known);
  expect([unchanged.status, await unchanged.text()]).toEqual([304, '']);
  // A browser takes the headers of this answer for those of what it has kept.
  for (const name of ['cache-control', 'content-security-policy', 'x-frame-options'])
    expect(unchanged.headers.get(name), name).toBe(page.headers.get(name));
});

test.each(['br', 'gzip'])('the page comes compressed by %s for whoever reads that', async (encoding) => {
  const page = await ask('/', { headers: { 'accept-encoding': encoding } });
  expect(page.headers.get('content-encoding')).toBe(encoding);
  expect(page.headers.get('vary')).toContain('Accept-Encoding');
  expect(await page.text()).toBe(
    await (await ask('/', { headers: { 'accept-encoding': 'identity' } })).text(),
  );
});

test('whoever guesses the operator’s password by a proxy locks out nobody else who comes that way', async () => {
  const guess = (address: string, headers: Record<string, string>) =>
    ask('/ops', { headers: { ...headers, 'x-forwarded-for': address } });
  const wrong = { authorization: `Basic ${btoa('ops:password1234')}` };
  for (let i = 0; i < 10; i++) expect((await guess('203.0.113.7', wrong)).status).toBe(401);
  const refused = await guess('203.0.113.7', operator);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await guess('203.0.113.8', operator)).status).toBe(200);
});

test('who came by https is told to stay there; who says so without a proxy that is trusted is not', async () => {
  const secure = { headers: { 'x-forwarded-proto': 'https' } };
  for (const path of ['/', '/health', '/nowhere', '/auth/verify']) {
    expect((await ask(path, secure)).headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect((await ask(path)).headers.get('strict-transport-security')).toBeNull();
  }
  // Another address of this machine.
  const [response] = await once(get(gateway.url, { ...secure, localAddress: '127.0.0.2' }), 'response');
  expect(response.resume().headers).not.toHaveProperty('strict-transport-security');
});

test('what is one player’s is kept nowhere', async () => {
  const authorization = `Bearer ${token}`;
  for (const headers of [{}, { authorization }]) {
    for (const path of ['/auth/verify', '/api/profile', '/api/history', '/api/place']) {
      const response = await ask(path, { headers });
      expect(response.headers.get('cache-control'), path).toBe('no-store');
    }
  }
  const ticket = await ask('/auth/ticket', { method: 'POST', headers: { authorization } });
  expect([ticket.status, ticket.headers.get('cache-control')]).toEqual([200, 'no-store']);
});

describe('a page of', () => {
  test.each([friend, 'http://localhost:5173'])('%s, which is allowed, may ask', async (origin) => {
    for (const path of ['/api/leaderboard', '/auth/verify', '/api/nowhere']) {
      const { headers } = await ask(path, { headers: { origin } });
      expect(headers.get('access-control-allow-origin'), path).toBe(origin);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('vary')).toContain('Origin');
    }
    const preflight = await ask('/auth/ticket', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET,POST');
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization/i);
    expect(preflight.headers.get('vary')).toContain('Origin');
  });

  test('it is told how long to wait, too', async () => {
    await ask('/auth/guest', guestFrom('203.0.113.3'));
    const { status, headers } = await ask('/auth/guest', guestFrom('203.0.113.3'));
    expect(status).toBe(429);
    expect(headers.get('access-control-allow-origin')).toBe(friend);
    expect(headers.get('access-control-expose-headers')).toBe('Retry-After');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test.each([
    'https://evil.example',
    'null',
    `${friend}.evil.example`,
    'http://friend.example',
    `${friend}:444`,
  ])('%s may not', async (origin) => {
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await ask('/api/leaderboard', { method, headers: { origin } });
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('vary')).toContain('Origin');
    }
    expect(await handshake(origin)).toBe(403);
  });

  test('its own, an allowed one, and what is no page at all open sockets; the same host on another port does not', async () => {
    const own = gateway.url;
    for (const origin of [own, own.replace('http:', 'https:'), friend, undefined]) {
      expect(await handshake(origin), origin).toBe(101);
    }
    for (const origin of [
      'http://127.0.0.1',
      `http://127.0.0.1:${gateway.port + 1}`,
      'http://localhost',
      '',
    ]) {
      expect(await handshake(origin), origin).toBe(403);
    }
  });
});

/** What a page of this origin is answered that would like to open a socket. */
async function handshake(origin: string | undefined): Promise<number> {
  const { socket, status } = await knock(gateway.url, token, origin === undefined ? {} : { origin });
  if (status === 101) {
    socket.close();
    await once(socket, 'close');
  }
  return status;
}
