/**
 * The services with the Valkey users that Terraform gives them (infra/valkey-access.json): each may do all that it
 * needs, and little else.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keys } from '@overcookied/shared/keys.ts';
import { connectValkey, type Valkey } from '@overcookied/shared/valkey.ts';
import { problemOf } from '@overcookied/shared/valkey-check.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startValkey } from '../dev/valkey/valkey.ts';
import { startValkeyCluster } from '../dev/valkey/valkey-cluster.ts';
import access from '../infra/valkey-access.json' with { type: 'json' };
import { eventually } from './support/eventually.ts';
import { getJson, postJson } from './support/http.ts';
import { type ServiceName, TestService } from './support/service.ts';
import { guest, meet, Stranger, until } from './support/stranger.ts';
import { openValkey, silentLog } from './support/valkey.ts';

const OPS_PASSWORD = 'a password of the tests';
const password = 'a-password-of-the-tests';
const services = Object.keys(access.users) as ServiceName[];
const recording = services.filter((name) => access.users[name].records.length > 0);

/** User → access string, put together as in infra/valkey-users.tf and infra/records.tf. */
const users = (names: ServiceName[], stores: ('matches' | 'records')[]) =>
  names.map((name): [string, string] => {
    const patterns = stores.flatMap((store): string[] => access.users[name][store]);
    return [name, ['on', ...patterns, access.commands].join(' ')];
  });

/** Where services are users and no more, and somebody who may look at what is refused. */
interface Place {
  addressFor(user: string): string;
  /** One for each node. */
  operators: Valkey[];
}

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-access-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function setUsers(operator: Valkey, accessOf: [string, string][]): Promise<void> {
  for (const [name, rules] of accessOf) {
    await operator.call('ACL', 'SETUSER', name, `>${password}`, ...rules.split(' '));
  }
}

/** A Valkey of its own with these users and no other, but for the operator. */
async function oneNode(accessOf: [string, string][]): Promise<Place> {
  const valkey = await startValkey({ dir: await folder(), persist: false });
  onTestFinished(() => valkey.stop());
  const operator = await openValkey(valkey.url);
  onTestFinished(() => operator.disconnect());
  await setUsers(operator, [...accessOf, ['operator', 'on ~* &* +@all']]);
  await operator.call('AUTH', 'operator', password);
  await operator.call('ACL', 'SETUSER', 'default', 'off', '-@all');
  return {
    addressFor: (user) => `valkey://${user}:${password}@127.0.0.1:${valkey.port}`,
    operators: [operator],
  };
}

/** As in production, by one address for all nodes. The default user stays: by it replicas follow their primaries. */
async function cluster(accessOf: [string, string][]): Promise<Place> {
  const { nodes, stop } = await startValkeyCluster({ dir: await folder() });
  onTestFinished(stop);
  const operators = nodes.map(({ connection }) => connection);
  await Promise.all(operators.map((operator) => setUsers(operator, accessOf)));
  return {
    addressFor: (user) => `valkey://${user}:${password}@127.0.0.1:${nodes[0]?.port}?cluster`,
    operators,
  };
}

/** What Valkey refused, in words. */
async function refusals(operator: Valkey): Promise<string[]> {
  const entries = (await operator.call('ACL', 'LOG')) as string[][];
  return entries.map((entry) => {
    const field = (name: string) => entry[entry.indexOf(name) + 1];
    return `${field('username')} may not use the ${field('reason')} ${field('object')} (${field('context')})`;
  });
}

/** Tells what was refused as soon as something is: a refusal makes services wait, and not fail. */
async function withoutRefusal(operators: Valkey[], playing: Promise<void>): Promise<void> {
  const outcome = playing.then(
    () => 'played',
    (error: unknown) => error,
  );
  for (;;) {
    const now = await Promise.race([outcome, sleep(200)]);
    expect((await Promise.all(operators.map(refusals))).flat()).toEqual([]);
    if (now === 'played') return;
    if (now !== undefined) throw now;
  }
}

type Run = (name: ServiceName, env?: Record<string, string>) => TestService;

/** Everything that services ask of Valkey. */
async function playEverything(run: Run): Promise<void> {
  const first = await run('gateway', { OPS_PASSWORD }).ready();
  const second = await run('gateway').ready();
  const others = [run('matchmaker'), run('game-ticker'), run('practice', { GATEWAY_URL: first.url })];
  await Promise.all(others.map((service) => service.ready()));

  // A match with everything in it, to its end, and its record.
  const { players, guests, starts } = await meet([first.url, second.url]);
  const [ada, bo] = players;
  await until(starts[0].payload.startsAt + 20, starts[0]);
  ada.send('CLICK', { seq: 1, count: 1 });
  const read = (path: string) => getJson(`${first.url}/api/${path}`, guests[0].token);
  const watcher = await Stranger.watch(first.url, starts[0].payload.roomId);
  expect((await read('lobby')).status).toBe(200);
  const spawn = await bo.next('COOKIE_SPAWN');
  bo.send('COOKIE_CLICK', { id: spawn.payload.id });
  await Promise.all([ada.next('GAME_OVER'), bo.next('GAME_OVER'), watcher.next('WATCH_OVER')]);
  await eventually(async () => (await read(`history?userId=${guests[0].id}`)).body.totalCount === 1);
  // How it went, from the match, and of one that no Valkey knows, for which the records are asked too.
  expect((await read(`matches/${starts[0].payload.roomId}/recording`)).status).toBe(200);
  expect((await read('matches/unknown/recording')).status).toBe(404);
  for (const board of ['alltime', 'weekly', 'rating']) {
    await eventually(async () => (await read(`leaderboard?board=${board}`)).body.length === 2);
    expect((await read(`place?board=${board}`)).body.players).toBe(2);
  }

  // Again by a code, given up, and once more with somebody whose gateway dies.
  ada.send('REMATCH');
  bo.send('REMATCH');
  await Promise.all([ada.next('GAME_START'), bo.next('GAME_START')]);
  ada.send('QUIT_GAME');
  // Both: whose gateway has not heard of the end yet is still in the match.
  await Promise.all([ada.next('GAME_OVER'), bo.next('GAME_OVER')]);
  ada.send('JOIN_QUEUE');
  bo.send('JOIN_QUEUE');
  await Promise.all([ada.next('GAME_START'), bo.next('GAME_START')]);
  await second.stop('SIGKILL');
  await ada.next('GAME_OVER');
  await eventually(async () => {
    const pages = await Promise.all(others.map(({ url }) => getJson(`${url}/metrics`)));
    return pages.some(({ body }) => /^overcookied_gateways_swept_total\S* 1$/m.test(body));
  }, 15_000);

  // A bot, and somebody who leaves the queue.
  const cleo = await Stranger.connect(first.url, (await guest(first.url, 'Cleo')).token);
  cleo.send('JOIN_QUEUE');
  await cleo.next('QUEUED', ({ practice }) => practice, 10_000);
  cleo.send('JOIN_QUEUE', { mode: 'practice' });
  await cleo.next('GAME_START');
  cleo.send('QUIT_GAME');
  await cleo.next('GAME_OVER');
  cleo.send('JOIN_QUEUE');
  await cleo.next('QUEUED');
  cleo.send('LEAVE_QUEUE');

  // Somebody who comes by a ticket.
  const { token } = await guest(first.url, 'Dora');
  const { body } = await postJson(`${first.url}/auth/ticket`, '', { authorization: `Bearer ${token}` });
  const dora = new WebSocket(`${first.url.replace('http', 'ws')}/ws?ticket=${body.ticket}`);
  dora.addEventListener('open', () => dora.send('{"type":"PING"}'));
  await once(dora, 'message');
  dora.close();

  // An operator who looks at all of it.
  const headers = { authorization: `Basic ${btoa(`ops:${OPS_PASSWORD}`)}` };
  for (const path of ['/ops', '/ops/board/api/queues?activeQueue=results']) {
    const page = await fetch(`${first.url}${path}`, { headers });
    expect(page.status).toBe(200);
    expect(await page.text()).not.toContain('NOPERM');
  }

  for (const service of [first, ...others]) {
    expect((await getJson(`${service.url}/readyz`)).status).toBe(200);
    await service.stop();
    expect(service.log.filter(({ level }) => level === 'error')).toEqual([]);
  }
}

describe.each(['on one Valkey', 'with a store of their own for records', 'on a cluster'])('%s', (where) => {
  test('nothing is refused that the services need', { timeout: 90_000 }, async () => {
    const isSeparate = where.includes('store');
    const accessOf = users(services, isSeparate ? ['matches'] : ['matches', 'records']);
    const matches = await (where === 'on a cluster' ? cluster(accessOf) : oneNode(accessOf));
    const records = isSeparate ? await oneNode(users(recording, ['records'])) : matches;
    const rules = { countdownMs: 300, matchMs: 2_000, goldenGapMs: [300, 400], bonusMs: 600, graceMs: 600 };
    const common = {
      JWT_SECRET: 'a secret of the tests that all services know',
      RULES: JSON.stringify(rules),
    };
    const run: Run = (name, env) => {
      const addresses = {
        VALKEY_URL: matches.addressFor(name),
        ...(isSeparate && recording.includes(name) && { RECORDS_URL: records.addressFor(name) }),
      };
      const service = new TestService(name, { ...common, ...addresses, PRACTICE_AFTER_MS: '300', ...env });
      onTestFinished(async () => {
        await service.stop('SIGKILL');
      });
      return service;
    };
    await withoutRefusal([...matches.operators, ...records.operators], playEverything(run));
  });
});

test('nobody may do what is not theirs', async () => {
  const { addressFor, operators } = await oneNode(users(services, ['matches', 'records']));
  const mayDo = async (user: string, command: string) =>
    (await operators[0]?.call('ACL', 'DRYRUN', user, ...command.split(' '))) === 'OK';

  const dangers = [
    'FLUSHALL',
    'CONFIG GET *',
    'KEYS *',
    'ACL LIST',
    'SHUTDOWN',
    'MONITOR',
    'CLIENT KILL ID 1',
  ];
  for (const command of [...dangers, 'SCRIPT FLUSH', 'FUNCTION FLUSH', 'SET x y', 'PUBLISH x y']) {
    for (const user of services) expect(await mayDo(user, command), `${user}: ${command}`).toBe(false);
  }
  // Records are the ticker's to write, the gateway's to show, and nobody else's.
  expect(await mayDo('game-ticker', `HSET ${keys.player('a')} rating 1500`)).toBe(true);
  expect(await mayDo('gateway', `HGET ${keys.player('a')} rating`)).toBe(true);
  expect(await mayDo('gateway', `HSET ${keys.player('a')} rating 3000`)).toBe(false);
  expect(await mayDo('gateway', `ZADD ${keys.leaderboard('alltime')} 1 a`)).toBe(false);
  expect(await mayDo('gateway', `SET ${keys.replay('r')} x`)).toBe(false);
  expect(await mayDo('matchmaker', `HGET ${keys.player('a')} rating`)).toBe(false);
  expect(await mayDo('practice', `HGET ${keys.player('a')} rating`)).toBe(false);
  // A bot is a client like any other: it does not get at matches or queues from behind.
  expect(await mayDo('practice', `HSET ${keys.game('r')} p1Score 1`)).toBe(false);
  expect(await mayDo('practice', `ZADD ${keys.queue} 1 a`)).toBe(false);
  // Who may come in is between gateways.
  for (const key of [keys.ticket('a'), keys.loginCode('a')]) {
    for (const user of services) expect(await mayDo(user, `GETDEL ${key}`), user).toBe(user === 'gateway');
  }

  const { host } = new URL(addressFor('nobody'));
  const nobody = connectValkey(`valkey://${host}`, silentLog);
  onTestFinished(() => nobody.disconnect());
  expect(await problemOf(nobody)).toContain('NOAUTH');
});
