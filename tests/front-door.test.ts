/** Compose's front door: by what it says of them, gateways tell players apart. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findHaproxy } from '../dev/haproxy/haproxy.ts';
import { FrontDoor } from './rolling/front-door.ts';
import { TestService } from './support/service.ts';
import { freshValkeyUrl } from './support/valkey.ts';

const tlsProxy = '127.0.0.9';

let dir: string;
let gateway: TestService;
let door: FrontDoor;

beforeAll(async () => {
  const env = {
    VALKEY_URL: await freshValkeyUrl(),
    // As Compose's gateways, to which players may seem to be neighbours of the front door.
    TRUSTED_PROXIES: '127.0.0.0/8',
    LIMITS: '{"guestsPerAddress":1}',
  };
  const [program] = await Promise.all([
    findHaproxy(),
    (async () => {
      gateway = await new TestService('gateway', env).ready();
    })(),
  ]);
  dir = await mkdtemp(join(tmpdir(), 'overcookied-door-'));
  door = await FrontDoor.start({ ...program, env: { ...program.env, TLS_PROXY: tlsProxy } }, dir, [
    gateway.port,
  ]);
  await door.knows(gateway.port);
}, 300_000);

afterAll(async () => {
  await door?.stop();
  await gateway?.stop('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

/** Somebody at this address of the machine would like to be a guest. */
async function login(localAddress: string, headers: Record<string, string> = {}) {
  const asked = request({
    ...{ host: '127.0.0.1', port: door.port, path: '/auth/guest', method: 'POST', localAddress },
    headers: { 'content-type': 'application/json', ...headers },
  }).end('{"name":"Ada"}');
  const [{ statusCode, headers: answered }] = await once(asked, 'response');
  asked.destroy();
  return { status: statusCode, isToldOfHttps: 'strict-transport-security' in answered };
}

test('each player is one client, whoever they say that they are', async () => {
  expect((await login('127.0.0.2')).status).toBe(200);
  expect((await login('127.0.0.2')).status).toBe(429);
  const madeUp = { 'x-forwarded-for': '203.0.113.1, 127.0.0.1', 'x-forwarded-proto': 'https' };
  expect(await login('127.0.0.2', madeUp)).toEqual({ status: 429, isToldOfHttps: false });
  expect(await login('127.0.0.3', madeUp)).toEqual({ status: 200, isToldOfHttps: false });
});

test('a proxy before it that ends TLS is believed', async () => {
  const first = { 'x-forwarded-for': '203.0.113.1', 'x-forwarded-proto': 'https' };
  expect(await login(tlsProxy, first)).toEqual({ status: 200, isToldOfHttps: true });
  expect((await login(tlsProxy, first)).status).toBe(429);
  expect((await login(tlsProxy, { ...first, 'x-forwarded-for': '203.0.113.2' })).status).toBe(200);
});
