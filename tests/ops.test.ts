import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resultsQueue } from '@overcookied/shared/jobs.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import { connectValkey, whenReady } from '@overcookied/shared/valkey.ts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type RunningValkey, startValkey } from '../dev/valkey/valkey.ts';
import { eventually } from './support/eventually.ts';
import { TestService } from './support/service.ts';
import { type Stack, startStack } from './support/stack.ts';
import { guest, meet, Stranger, until } from './support/stranger.ts';
import { freshValkeyUrl, silentLog } from './support/valkey.ts';

const password = 'a password of the tests';
const authorization = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const right = authorization(`ops:${password}`);

let dir: string;
let valkey: RunningValkey;
let stack: Stack;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'overcookied-ops-'));
  valkey = await startValkey({ dir, persist: false });
  const rules = { countdownMs: 200, matchMs: 600_000 };
  stack = await startStack(rules, valkey.url, { OPS_PASSWORD: password, REVISION: '1f2e3d4c5b6a7988' });
});

afterAll(async () => {
  await stack.stop();
  await valkey.stop();
  await rm(dir, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = right) =>
  fetch(`${stack.gateways[0].url}${path}`, { headers });

interface Board {
  queues: { name: string; isPaused: boolean; counts: Record<string, number> }[];
}
const readBoard = async () => (await (await get('/ops/board/api/queues')).json()) as Board;

/** What can be read on the page. */
const textOf = (html: string) =>
  html
    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

async function pageText(): Promise<string> {
  const response = await get('/ops');
  expect(response.status).toBe(200);
  return textOf(await response.text());
}

test('it is not there unless a password is set', async () => {
  const gateway = new TestService('gateway', { VALKEY_URL: await freshValkeyUrl() });
  onTestFinished(async () => {
    await gateway.stop('SIGKILL');
  });
  await gateway.ready();
  for (const path of ['/ops', '/ops/', '/ops/style.css', '/ops/board', '/ops/board/api/queues']) {
    expect((await fetch(`${gateway.url}${path}`, { headers: right })).status).toBe(404);
  }
});

test('a password that is too short stops the gateway with one line that does not tell it', async () => {
  const gateway = new TestService('gateway', {
    VALKEY_URL: await freshValkeyUrl(),
    OPS_PASSWORD: 'short-one',
  });
  expect(await eventually(() => gateway.process.exitCode ?? undefined, 10_000)).toBe(1);
  expect(gateway.stderr).toContain('OPS_PASSWORD: must be at least 12 characters long');
  expect(gateway.stderr).not.toContain('short-one');
});

test('nobody sees anything without the password, and the answers are kept nowhere', async () => {
  for (const path of ['/ops', '/ops/style.css', '/ops/board', '/ops/board/api/queues', '/ops/nothing']) {
    const response = await get(path, {});
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Basic realm=');
    expect(await response.text()).toBe('Unauthorized');
    const allowed = await get(path);
    expect(allowed.status).toBe(path === '/ops/nothing' ? 404 : 200);
    for (const { headers } of [response, allowed]) expect(headers.get('cache-control')).toBe('no-store');
  }
  for (const text of ['ops:a password of the test', `admin:${password}`, 'ops:', ':']) {
    expect((await get('/ops', authorization(text))).status).toBe(401);
  }
});

test('whoever guesses is not listened to after ten tries; others are', async () => {
  const { url } = stack.gateways[1];
  const wrong = authorization('ops:password1234');
  for (let i = 0; i < 10; i++) expect((await fetch(`${url}/ops`, { headers: wrong })).status).toBe(401);
  const refused = await fetch(`${url}/ops`, { headers: right });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  // Another address of this machine.
  const elsewhere = await new Promise((resolve, reject) => {
    request(`${url}/ops`, { headers: right, localAddress: '127.0.0.2' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(elsewhere).toBe(200);
  await expect
    .poll(() => stack.gateways[1].complaints)
    .toContainEqual(
      expect.objectContaining({ msg: 'wrong password for the operator’s page', address: '127.0.0.1' }),
    );
});

test('the page shows the services, the queue and the matches as they are', async () => {
  const gateways = [stack.gateways[0].url, stack.gateways[1].url] as const;
  const { players, starts } = await meet(gateways);
  const [ada, bo] = players;
  await until(starts[0].payload.startsAt + 20, starts[0]);
  ada.send('CLICK', { seq: 7, count: 7 });
  await bo.next('UPDATE', ({ p1Score, p2Score }) => p1Score === 7 || p2Score === 7);
  const waiting = await Promise.all(
    ['Cleo', 'Dan'].map(async (name) =>
      Stranger.connect(gateways[0], (await guest(gateways[0], name)).token),
    ),
  );
  waiting[0]?.send('JOIN_QUEUE');
  waiting[1]?.send('JOIN_QUEUE', { mode: 'private', code: 'a-code-of-the-tests' });
  await Promise.all(waiting.map((socket) => socket.next('QUEUED')));

  const text = await eventually(async () => {
    const seen = await pageText();
    // A match may be past its due time for the moment that a ticker needs.
    const isCalm = seen.match(/ ready /g)?.length === 4 && seen.includes(' past their due time 0');
    return isCalm ? seen : undefined;
  }, 10_000);
  expect(text.match(/(gateway|matchmaker|game-ticker) \S+ ready/g)).toHaveLength(4);
  expect(text).not.toMatch(/not ready|silent|none runs/);
  expect(text).toContain('1f2e3d4c5b6a');
  expect(text).toMatch(/wait in the common queue 1 /);
  expect(text).toMatch(/longest wait now \d/);
  expect(text).toMatch(/Tickets: (1 ranked, 1 private|1 private, 1 ranked)\./);
  expect(text).toMatch(/Latest waits: \d/);
  expect(text).toMatch(/are on 1 past their due time 0/);
  expect(text).toContain(starts[0].payload.roomId);
  expect(text).toMatch(/Ada 7 : Bo 0|Bo 0 : Ada 7/);

  // Nobody sees to the matches any more.
  await stack.ticker.stop('SIGKILL');
  await stack.valkey.zadd(keys.due(3), 5_000, 'forgotten');
  const later = await eventually(async () => {
    const seen = await pageText();
    return /game-ticker \S+ silent/.test(seen) ? seen : undefined;
  }, 25_000);
  expect(later).toMatch(/past their due time [1-9]/);
  for (const socket of [...players, ...waiting]) socket.close();
}, 60_000);

test('it has no script, and is read anew unless it is to hold still', async () => {
  const response = await get('/ops');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  const html = await response.text();
  expect(html).toContain('http-equiv="refresh"');
  expect(html).not.toContain('<script');
  expect(await (await get('/ops?still')).text()).not.toContain('http-equiv="refresh"');
});

test('names that players give themselves are text and nothing else', async () => {
  const { url } = stack.gateways[0];
  const sockets = await Promise.all(
    ['<script>a()</script>', '"><img src=x>'].map(async (name) =>
      Stranger.connect(url, (await guest(url, name)).token),
    ),
  );
  for (const socket of sockets) socket.send('JOIN_QUEUE');
  await Promise.all(sockets.map((socket) => socket.next('GAME_START', () => true, 10_000)));
  const html = await (await get('/ops')).text();
  expect(html).toContain('&lt;script&gt;a()');
  expect(html).not.toMatch(/<script|<img/);
  for (const socket of sockets) socket.close();
});

test('BullMQ’s board lists the queues and their jobs, and can change nothing', async () => {
  const producer = connectValkey(valkey.url, silentLog);
  await whenReady(producer);
  const results = resultsQueue(producer, silentLog);
  await results.add('record', { roomId: 'one' } as MatchResult, { jobId: 'one' });
  await results.close();
  producer.disconnect();

  const entry = await get('/ops/board');
  expect(entry.headers.get('content-security-policy')).toContain("script-src 'self'");
  const [, script] = (await entry.text()).match(/src="(static\/js\/main[^"]+)"/) ?? [];
  expect((await get(`/ops/board/${script}`)).status).toBe(200);
  const { queues } = await readBoard();
  expect(queues.map(({ name }) => name)).toEqual(['wake', 'announce', 'practice', 'results']);
  expect(queues[3]?.counts.waiting).toBe(1);
  expect(await pageText()).toMatch(/results 1 0 0 0/);
  for (const [method, path] of [
    ['PUT', 'results/pause'],
    ['PUT', 'results/one/clean'],
    ['DELETE', 'results/obliterate'],
  ]) {
    const url = `${stack.gateways[0].url}/ops/board/api/queues/${path}`;
    expect((await fetch(url, { method: method ?? '', headers: right })).status).toBe(405);
  }
  expect((await readBoard()).queues).toEqual(queues);
});

test('while Valkey does not answer, and when it is gone, the page says so', async () => {
  valkey.process.kill('SIGSTOP');
  const askedAt = performance.now();
  let text = await pageText();
  expect(performance.now() - askedAt).toBeLessThan(4_000);
  expect(text).toMatch(/This gateway is not ready: valkey: valkey did not answer within 1000 ms/);
  expect(text).toMatch(/Cannot be read now/);
  valkey.process.kill('SIGCONT');
  await eventually(async () => !(await pageText()).includes('Cannot be read now'), 10_000);
  await valkey.stop();
  const stoppedAt = performance.now();
  text = await pageText();
  expect(performance.now() - stoppedAt).toBeLessThan(4_000);
  expect(text).toContain('valkey is not reachable');
  expect((await get('/ops/board/api/queues')).status).toBeGreaterThanOrEqual(500);
  expect(performance.now() - stoppedAt).toBeLessThan(10_000);
});
