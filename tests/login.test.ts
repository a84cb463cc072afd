/** Coming in: as a guest, by an OpenID Connect issuer, by cookie, by ticket and by code; and what nobody gets in by. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { findHaproxy } from '../dev/haproxy/haproxy.ts';
import { findFreePort } from '../dev/system/ports.ts';
import { FrontDoor } from './rolling/front-door.ts';
import { eventually } from './support/eventually.ts';
import { getJson, postJson } from './support/http.ts';
import { clientId, clientSecret, TestIssuer } from './support/issuer.ts';
import { TestService } from './support/service.ts';
import { guest, Stranger, toPlay } from './support/stranger.ts';
import { passIssuer, TestBrowser } from './support/test-browser.ts';
import { freshValkeyUrl, openValkey } from './support/valkey.ts';

// Several tests start a gateway of their own.
vi.setConfig({ testTimeout: 60_000 });

const [oldKey, newKey] = ['the old key of the tests which is long', 'the new key of the tests which is long'];
const otherPage = 'https://app.example.org';

/** The page's own, and another: between two steps of a rotation, so that each signs with another key. */
let gateways: [TestService, TestService];
let issuer: TestIssuer;
let valkeyUrl: string;
const browsers: TestBrowser[] = [];
/** What was told to somebody, and is nobody else's to know. */
const secrets = new Set<string>([oldKey, newKey, clientSecret]);
/** Whose output must not hold any of them. */
const services: TestService[] = [];

const here = () => gateways[0].url;
const there = () => gateways[1].url;

function run(env: Record<string, string>): TestService {
  const service = new TestService('gateway', { VALKEY_URL: valkeyUrl, LOG_LEVEL: 'trace', ...env });
  services.push(service);
  return service;
}

beforeAll(async () => {
  const port = await findFreePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  [issuer, valkeyUrl] = await Promise.all([TestIssuer.start({ publicUrl }), freshValkeyUrl()]);
  issuer.profiles.set('ada', {
    name: 'Ada Lovelace',
    picture: 'https://pictures.example.org/ada.png',
    email: 'ada@example.org',
  });
  const env = { ...issuer.env(publicUrl), ALLOWED_ORIGINS: otherPage };
  gateways = [
    run({ ...env, JWT_SECRET: `${oldKey},${newKey}`, PORT: String(port) }),
    run({ ...env, JWT_SECRET: `${newKey}, ${oldKey}` }),
  ];
  await Promise.all(gateways.map((gateway) => gateway.ready()));
});

afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  await issuer?.stop();
});

function openBrowser(): TestBrowser {
  const browser = new TestBrowser();
  browsers.push(browser);
  return browser;
}

interface Steps {
  login?: string | undefined;
  query?: string;
  /** Changes where the gateway sends the browser, and where the issuer sends it back to. */
  away?: (url: URL) => void;
  back?: (url: URL) => void;
}

/** Signs in, beginning on the other gateway than the one that the issuer sends the browser back to. */
async function signIn(browser: TestBrowser, steps: Steps = {}): Promise<Response> {
  const { login = 'login' in steps ? undefined : 'ada', query = '', away, back } = steps;
  const address = new URL(await browser.follow(`${there()}/auth/google/login${query}`));
  away?.(address);
  const answer = new URL(await passIssuer(browser, address.href, login));
  back?.(answer);
  return browser.ask(answer.href);
}

/** How many tries to sign in have ended so, on both gateways. */
async function count(by: string, outcome: string): Promise<number> {
  const pages = await Promise.all(
    gateways.map(({ url }) => fetch(`${url}/metrics`).then((page) => page.text())),
  );
  const line = new RegExp(`^overcookied_logins_total\\{.*by="${by}".*outcome="${outcome}".*\\} (\\d+)$`, 'm');
  return pages.reduce((sum, page) => sum + Number(page.match(line)?.[1] ?? 0), 0);
}

const whoIs = async (browser: TestBrowser) => {
  const response = await browser.ask(`${there()}/auth/verify`);
  return { status: response.status, body: await response.json() };
};

describe('signing in', () => {
  test('begins on one gateway, ends on another, and is good on all', async () => {
    const browser = openBrowser();
    const before = await count('oidc', 'ok');
    const asked: Record<string, string> = {};
    const away = ({ searchParams }: URL) => Object.assign(asked, Object.fromEntries(searchParams));
    const answer = await signIn(browser, { query: '?return_to=/%23invite=abcd', away });
    const random = expect.stringMatching(/^[\w-]{43}$/);
    expect(asked).toEqual({
      client_id: clientId,
      redirect_uri: `${here()}/auth/google/callback`,
      response_type: 'code',
      scope: 'openid profile email',
      state: random,
      nonce: random,
      code_challenge: random,
      code_challenge_method: 'S256',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `${here()}/#invite=abcd`]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await count('oidc', 'ok')).toBe(before + 1);

    const cookie = browser.cookies.get('overcookied');
    expect(cookie?.attributes.sort()).toEqual(['httponly', 'max-age=86400', 'path=/', 'samesite=lax']);
    expect(browser.cookies.has('overcookied-sign-in')).toBe(false);

    const { status, body } = await whoIs(browser);
    expect(status).toBe(200);
    expect(body).toEqual({
      token: cookie?.value,
      id: expect.stringMatching(/^oidc_[\w-]{22}$/),
      name: 'Ada Lovelace',
      picture: 'https://pictures.example.org/ada.png',
      email: 'ada@example.org',
    });
    for (const path of ['profile', `history?userId=${body.id}`]) {
      expect((await browser.ask(`${there()}/api/${path}`)).status).toBe(200);
      expect((await getJson(`${there()}/api/${path}`, body.token)).status).toBe(200);
      expect((await getJson(`${there()}/api/${path}`)).status).toBe(401);
    }
    const claims = JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString());
    expect(claims).toMatchObject({ user_id: body.id, iss: 'overcookied', email: 'ada@example.org' });
  });

  test('makes somebody the same player each time, and nobody else', async () => {
    const idOf = async (login: string) => {
      const browser = openBrowser();
      await signIn(browser, { login });
      const { body } = await whoIs(browser);
      return body;
    };
    const [one, same, other] = [await idOf('ada'), await idOf('ada'), await idOf('bo@example.org')];
    expect(same.id).toBe(one.id);
    expect(other.id).not.toBe(one.id);
    // Of somebody of whom the issuer says nothing else.
    expect(other).toMatchObject({ name: 'Player', picture: '', email: '' });
    expect(other.id).not.toContain('bo');
  });

  test('over https has cookies that no other host can have set, also by an issuer of another kind', async () => {
    const publicUrl = 'https://play.example.org';
    const google = await TestIssuer.start({ publicUrl, profileInToken: true, secretInBody: true });
    onTestFinished(() => google.stop());
    google.profiles.set('eve', { name: 'Eve', picture: 'http://pictures.example.org/eve.png' });
    const gateway = await run({ ...google.env(publicUrl), JWT_SECRET: newKey }).ready();
    const browser = openBrowser();
    const address = await browser.follow(`${gateway.url}/auth/google/login`);
    const attributes = ['httponly', 'path=/', 'samesite=lax', 'secure'];
    const sealed = browser.cookies.get('__Host-overcookied-sign-in');
    expect(sealed?.attributes.sort()).toEqual(['httponly', 'max-age=600', ...attributes.slice(1)]);
    const back = await passIssuer(browser, address, 'eve');
    expect(back).toMatch(`${publicUrl}/auth/google/callback?`);
    // There is no such host: what is in front of the gateways would send it to one of them.
    const answer = await browser.ask(back.replace(publicUrl, gateway.url));
    expect(answer.headers.get('location')).toBe(`${publicUrl}/`);
    const session = browser.cookies.get('__Host-overcookied');
    expect(session?.attributes.sort()).toEqual(['httponly', 'max-age=86400', ...attributes.slice(1)]);
    const { body } = await getJson(`${gateway.url}/auth/verify`, session?.value);
    expect(body).toMatchObject({ name: 'Eve', picture: '' });
  });

  test('is refused with a word while the issuer is away, and guests play on', async () => {
    const publicUrl = 'http://127.0.0.1:1';
    const away = await TestIssuer.start({ publicUrl });
    await away.stop();
    onTestFinished(() => away.stop());
    const gateway = await run({ ...away.env(publicUrl), JWT_SECRET: newKey }).ready();
    const answer = await fetch(`${gateway.url}/auth/google/login`);
    expect([answer.status, await answer.text()]).toEqual([
      503,
      expect.stringContaining('does not answer just now'),
    ]);
    expect((await guest(gateway.url, 'Cleo')).name).toBe('Cleo');
    expect((await getJson(`${gateway.url}/auth/options`)).body.issuer).toBe(new URL(away.url).host);
    await away.listen();
    expect(await openBrowser().follow(`${gateway.url}/auth/google/login`)).toMatch(`${away.url}/auth?`);
  });
});

describe('nobody is signed in', () => {
  /** @returns what the browser was told, which leads back to where it came from */
  async function refused(browser: TestBrowser, cause: string, how: Steps | (() => Promise<Response>) = {}) {
    const before = await count('oidc', cause);
    const answer = await (typeof how === 'function'
      ? how()
      : signIn(browser, { query: '?return_to=/lobby', ...how }));
    const text = await answer.text();
    expect(await count('oidc', cause), text).toBe(before + 1);
    expect(browser.cookies.has('overcookied')).toBe(false);
    expect(text).toContain('Not signed in');
    expect(answer.headers.get('content-type')).toContain('text/html');
    return { status: answer.status, text, leadsTo: text.match(/<a href="([^"]+)"/)?.[1] };
  }

  test('who says no', async () => {
    const { status, text, leadsTo } = await refused(openBrowser(), 'denied', { login: undefined });
    expect([status, leadsTo]).toEqual([403, `${here()}/lobby`]);
    expect(text).toContain('said no');
  });

  test('by an answer to another question, and by its own afterwards', async () => {
    const browser = openBrowser();
    let own = '';
    const back = (url: URL) => {
      own = url.href;
      url.searchParams.set('state', 'made-up');
    };
    expect((await refused(browser, 'foreign', { back })).status).toBe(400);
    // Whoever lures a browser here with a made-up answer does not end what it is about.
    expect((await browser.ask(own)).headers.get('location')).toBe(`${here()}/lobby`);
    expect(browser.cookies.has('overcookied')).toBe(true);
    // But only once.
    browser.cookies.delete('overcookied');
    expect(await refused(browser, 'expired', () => browser.ask(own))).toMatchObject({
      status: 400,
      leadsTo: `${here()}/`,
    });
  });

  test("by somebody else's answer, which would make them that other player", async () => {
    const attacker = openBrowser();
    const address = await attacker.follow(`${here()}/auth/google/login`);
    const answer = await passIssuer(attacker, address, 'mallory');
    const victim = openBrowser();
    await refused(victim, 'expired', () => victim.ask(answer));
    await victim.follow(`${here()}/auth/google/login`);
    await refused(victim, 'foreign', () => victim.ask(answer));
  });

  test("by somebody else's code, for which they have no verifier", async () => {
    const victim = openBrowser();
    const address = await victim.follow(`${here()}/auth/google/login`);
    const stolen = new URL(await passIssuer(victim, address, 'ada')).searchParams.get('code') ?? '';
    const back = (url: URL) => url.searchParams.set('code', stolen);
    expect((await refused(openBrowser(), 'issuer_refused', { login: 'mallory', back })).status).toBe(502);
  });

  test.each<[string, string, number, Steps]>([
    [
      'by a token that was made for another flow',
      'bad_answer',
      502,
      {
        away: (url) => url.searchParams.set('nonce', 'of-another-flow'),
      },
    ],
    [
      'with the challenge of another flow',
      'issuer_refused',
      502,
      {
        away: (url) =>
          url.searchParams.set('code_challenge', createHash('sha256').update('x').digest('base64url')),
      },
    ],
    ['by a made-up code', 'issuer_refused', 502, { back: (url) => url.searchParams.set('code', 'made-up') }],
    ['without a code', 'bad_answer', 502, { back: (url) => url.searchParams.delete('code') }],
    [
      'by another issuer',
      'bad_answer',
      502,
      { back: (url) => url.searchParams.set('iss', 'https://evil.example') },
    ],
    [
      'when the issuer has failed',
      'issuer_refused',
      502,
      {
        back: (url) => {
          url.searchParams.delete('code');
          url.searchParams.set('error', 'server_error');
        },
      },
    ],
  ])('%s', async (_what, cause, status, steps) => {
    expect(await refused(openBrowser(), cause, steps)).toMatchObject({ status, leadsTo: `${here()}/lobby` });
  });

  test('by a token that was changed on its way', async () => {
    issuer.tamper = (token) => {
      secrets.add(token);
      const [header = '', claims = '', signature = ''] = token.split('.');
      const changed = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), sub: 'somebody-else' };
      return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
    };
    onTestFinished(() => {
      issuer.tamper = undefined;
    });
    expect((await refused(openBrowser(), 'bad_answer')).status).toBe(502);
  });

  test.each([
    ['https://evil.example/', 'https://evil.example/'],
    ['//evil.example', '//evil.example'],
    ['/\\evil.example', '/\\evil.example'],
    ['https://app.example.org.evil.example', 'https://app.example.org.evil.example'],
    ['http://app.example.org', 'http://app.example.org'],
    ['https://user@app.example.org', 'https://user@app.example.org'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    [`blob:${otherPage}/x`, `blob:${otherPage}/x`],
    ['an address that is too long', `/${'x'.repeat(2_000)}`],
  ])('to be sent to %s', async (_what, address) => {
    const browser = openBrowser();
    const query = `return_to=${encodeURIComponent(address)}&challenge=${'x'.repeat(43)}`;
    const ask = () => browser.ask(`${there()}/auth/google/login?${query}`);
    expect(await refused(browser, 'bad_request', ask)).toMatchObject({
      status: 400,
      leadsTo: `${here()}/`,
    });
    expect(browser.cookies.size).toBe(0);
  });
});

describe('a page on another origin', () => {
  const origin = { origin: otherPage };
  const address = `${otherPage}/play`;

  /** @returns the address that the browser comes out at, and the verifier of who asked */
  async function comeBack(): Promise<{ location: URL; verifier: string; browser: TestBrowser }> {
    const browser = openBrowser();
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const answer = await signIn(browser, {
      query: `?${new URLSearchParams({ return_to: address, challenge })}`,
    });
    const location = new URL(answer.headers.get('location') ?? '');
    const code = location.hash.slice('#login='.length);
    for (const secret of [verifier, code]) secrets.add(secret);
    return { location, verifier, browser };
  }
  const exchange = (url: string, code: string, verifier: string) =>
    postJson(`${url}/auth/exchange`, JSON.stringify({ code, verifier }), origin);

  test('gets its session for a code, once, by any gateway', async () => {
    const { location, verifier, browser } = await comeBack();
    expect(location.href).toMatch(/^https:\/\/app\.example\.org\/play#login=[\w-]{32}$/);
    expect(browser.cookies.has('overcookied')).toBe(false);
    const code = location.hash.slice('#login='.length);
    const { status, headers, body } = await exchange(there(), code, verifier);
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'Ada Lovelace', id: expect.stringMatching(/^oidc_/) });
    expect(headers.get('access-control-allow-origin')).toBe(otherPage);
    expect(headers.get('cache-control')).toBe('no-store');
    secrets.add(body.token);
    expect((await getJson(`${here()}/auth/verify`, body.token)).body.id).toBe(body.id);
    expect((await exchange(here(), code, verifier)).status).toBe(401);
  });

  test('gets none for a code that it did not ask for, nor does whoever tries', async () => {
    const { location, verifier } = await comeBack();
    const code = location.hash.slice('#login='.length);
    expect((await exchange(here(), code, 'of-somebody-else')).status).toBe(401);
    expect((await exchange(here(), code, verifier)).status).toBe(401);
    expect((await exchange(here(), 'made-up', verifier)).status).toBe(401);
  });

  test('must say how it will prove that it asked', async () => {
    for (const challenge of ['', '&challenge=short']) {
      const answer = await fetch(
        `${here()}/auth/google/login?return_to=${encodeURIComponent(address)}${challenge}`,
      );
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain(`<a href="${address}"`);
    }
  });

  test('has a minute for it', async () => {
    const valkey = await openValkey(valkeyUrl);
    onTestFinished(() => valkey.disconnect());
    const { location, verifier } = await comeBack();
    const code = location.hash.slice('#login='.length);
    const key = `overcookied:login:{${createHash('sha256').update(code).digest('base64url')}}`;
    expect(await valkey.pttl(key)).toBeGreaterThan(30_000);
    expect(await valkey.pttl(key)).toBeLessThanOrEqual(60_000);
    await valkey.del(key);
    expect((await exchange(here(), code, verifier)).status).toBe(401);
  });
});

test('a name may come in pieces, whose length nobody has said before', async () => {
  const response = await fetch(`${here()}/auth/guest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new Blob(['{"name":"Ada"}']).stream(),
    duplex: 'half',
  } as RequestInit);
  expect([response.status, (await response.json()).name]).toEqual([200, 'Ada']);
});

describe('a ticket', () => {
  const ask = async (token: string) => {
    const { status, body } = await postJson(`${here()}/auth/ticket`, '', {
      authorization: `Bearer ${token}`,
    });
    expect([status, body]).toEqual([
      200,
      { ticket: expect.stringMatching(/^[\w-]{32}$/), expiresInMs: 30_000 },
    ]);
    secrets.add(body.ticket);
    return body.ticket as string;
  };
  const connect = (url: string, query: string) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?${query}`);
    return new Promise<number | 'open'>((resolve) => {
      socket.addEventListener('close', ({ code }) => resolve(code));
      socket.addEventListener('message', () => {
        resolve('open');
        socket.close();
      });
      socket.addEventListener('open', () => socket.send('{"type":"PING","payload":{}}'));
    });
  };

  test('opens one socket, on any gateway', async () => {
    const { token } = await guest(here(), 'Ada');
    secrets.add(token);
    const ticket = await ask(token);
    expect(await connect(there(), `ticket=${ticket}`)).toBe('open');
    expect(await connect(there(), `ticket=${ticket}`)).toBe(4003);
    expect(await connect(here(), `ticket=${ticket}`)).toBe(4003);
    expect(await connect(here(), 'ticket=made-up')).toBe(4003);
    expect(await connect(here(), 'ticket=')).toBe(4003);
    // The original's way still works.
    expect(await connect(here(), `token=${token}`)).toBe('open');
  });

  test('opens one of many that come at once', async () => {
    const { token } = await guest(here(), 'Ada');
    const ticket = await ask(token);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, i) => connect(gateways[i % 2 === 0 ? 0 : 1].url, `ticket=${ticket}`)),
    );
    expect(outcomes.filter((each) => each === 'open')).toHaveLength(1);
  });

  test('holds for half a minute, and is not to be read in Valkey', async () => {
    const valkey = await openValkey(valkeyUrl);
    onTestFinished(() => valkey.disconnect());
    const { token } = await guest(here(), 'Ada');
    const ticket = await ask(token);
    const key = `overcookied:ticket:{${createHash('sha256').update(ticket).digest('base64url')}}`;
    expect(await valkey.pttl(key)).toBeGreaterThan(15_000);
    expect(await valkey.pttl(key)).toBeLessThanOrEqual(30_000);
    expect((await valkey.keys('*')).join()).not.toContain(ticket);
    expect(await valkey.get(key)).not.toContain(token);
  });

  test('is for whoever says who they are', async () => {
    expect((await postJson(`${here()}/auth/ticket`, '')).status).toBe(401);
    expect((await postJson(`${here()}/auth/ticket`, '', { authorization: 'Bearer made-up' })).status).toBe(
      401,
    );
  });
});

describe('by cookie', () => {
  const post = async (browser: TestBrowser, path: string, origin?: string) =>
    (
      await browser.ask(`${there()}${path}`, {
        method: 'POST',
        headers: origin === undefined ? {} : { origin },
      })
    ).status;

  test('a page has done what its own origin, or an allowed one, asks for, and no other', async () => {
    const browser = openBrowser();
    await signIn(browser);
    for (const path of ['/auth/ticket', '/auth/logout']) {
      for (const origin of [undefined, 'null', 'https://evil.example', 'https://evil.play.example.org']) {
        expect(await post(browser, path, origin), `${path} from ${origin}`).toBe(403);
      }
    }
    expect(await post(browser, '/auth/ticket', there())).toBe(200);
    expect(await post(browser, '/auth/ticket', otherPage)).toBe(200);
    expect((await browser.ask(`${there()}/auth/options`)).ok).toBe(true);
    expect((await whoIs(browser)).status).toBe(200);

    const socket = new WebSocket(`${there().replace('http', 'ws')}/ws`, {
      headers: { cookie: browser.header },
    } as unknown as string[]);
    const code = await new Promise((resolve) =>
      socket.addEventListener('close', (event) => resolve(event.code)),
    );
    expect(code).toBe(4003);

    expect(await post(browser, '/auth/logout', otherPage)).toBe(200);
    expect(browser.cookies.has('overcookied')).toBe(false);
    expect((await whoIs(browser)).status).toBe(401);
  });

  test('somebody is not whom an explicit token does not prove them to be', async () => {
    const browser = openBrowser();
    await signIn(browser);
    const headers = { authorization: 'Bearer made-up' };
    expect((await browser.ask(`${there()}/auth/verify`, { headers })).status).toBe(401);
    const { token, id } = await guest(here(), 'Bo');
    const asGuest = await browser.ask(`${there()}/auth/verify`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect((await asGuest.json()).id).toBe(id);
  });

  test('a page learns that somebody has signed in, and by what others may', async () => {
    const browser = openBrowser();
    const options = async () => (await browser.ask(`${there()}/auth/options`)).json();
    const { host } = new URL(issuer.url);
    expect(await options()).toEqual({ issuer: host, signedIn: false });
    await signIn(browser);
    expect(await options()).toEqual({ issuer: host, signedIn: true });
    const guestsOnly = await run({ JWT_SECRET: newKey }).ready();
    expect((await getJson(`${guestsOnly.url}/auth/options`)).body).toEqual({ issuer: null, signedIn: false });
    expect((await getJson(`${guestsOnly.url}/auth/google/login`)).status).toBe(404);
  });
});

test('nothing of all that is in a log or a metric, however much is logged', async () => {
  // What fails on the way is logged in full, so some of it has to fail.
  const browser = openBrowser();
  await signIn(browser);
  const lost = await run({
    VALKEY_URL: 'valkey://127.0.0.1:1',
    ...issuer.env(here()),
    OIDC_CLIENT_SECRET: 'a-wrong-secret',
    JWT_SECRET: `${newKey},${oldKey}`,
  }).listening();
  const address = await browser.follow(`${lost.url}/auth/google/login`);
  const back = (await passIssuer(browser, address, 'ada')).replace(here(), lost.url);
  const refused = await browser.ask(back);
  expect([refused.status, await refused.text()]).toEqual([502, expect.stringContaining('did not accept')]);
  const { token } = await guest(lost.url, 'Ada');
  const answer = await postJson(`${lost.url}/auth/ticket`, '', { authorization: `Bearer ${token}` });
  expect(answer.status).toBe(503);
  const exchanged = await postJson(
    `${lost.url}/auth/exchange`,
    '{"code":"a-lost-code","verifier":"a-lost-verifier"}',
  );
  expect(exchanged.status).toBe(503);
  for (const secret of [token, 'a-wrong-secret', 'a-lost-code', 'a-lost-verifier', 'a-lost-ticket']) {
    secrets.add(secret);
  }
  const socket = new Stranger(toPlay(lost.url, 'none'));
  await eventually(() => socket.closed);
  const handshake = new WebSocket(`${lost.url.replace('http', 'ws')}/ws?ticket=a-lost-ticket`);
  await new Promise((resolve) => handshake.addEventListener('close', resolve));

  for (const { secrets: seen } of browsers) for (const secret of seen) secrets.add(secret);
  expect(secrets.size).toBeGreaterThan(100);
  for (const service of services) {
    const metrics =
      service.process.exitCode === null ? await (await fetch(`${service.url}/metrics`)).text() : '';
    const told = `${service.log.map((line) => JSON.stringify(line)).join('\n')}${service.stderr}${metrics}`;
    expect(told).toContain('is up');
    for (const secret of secrets) expect(told.includes(secret), secret).toBe(false);
  }
});

test('nor in what the front door logs of requests that fail', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-front-door-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  // Nobody is behind it: each request fails, and is logged.
  const door = await FrontDoor.start(await findHaproxy(), dir, [await findFreePort()]);
  onTestFinished(() => door.stop());
  for (const path of ['/ws?ticket=a-secret', '/ws?token=a-secret', '/auth/google/callback?code=a-secret']) {
    expect((await fetch(`http://127.0.0.1:${door.port}${path}`)).status).toBe(503);
  }
  await eventually(() => door.output.includes(' GET /auth/google/callback HTTP/1.1'));
  expect(door.output).toContain(' GET /ws HTTP/1.1');
  expect(door.output).not.toContain('a-secret');
});
