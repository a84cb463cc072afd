import { practiceQueue } from '@overcookied/shared/jobs.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { connectValkey, type Valkey } from '@overcookied/shared/valkey.ts';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../dev/system/ports.ts';
import { eventually } from './support/eventually.ts';
import { getJson } from './support/http.ts';
import { type ServiceName, TestService } from './support/service.ts';
import { freshValkeyUrl, openValkey, silentLog } from './support/valkey.ts';

const secret = 'a secret of the tests known to gateways and bots';

let url: string;
let valkey: Valkey;

beforeEach(async () => {
  url = await freshValkeyUrl();
  valkey = await openValkey(url);
  return () => valkey.disconnect();
});

function run(name: ServiceName, env: Record<string, string> = {}): TestService {
  const service = new TestService(name, { VALKEY_URL: url, JWT_SECRET: secret, ...env });
  onTestFinished(async () => {
    await service.stop('SIGKILL');
  });
  return service;
}

const runPractice = async (gateway: string, env: Record<string, string> = {}) =>
  run('practice', { GATEWAY_URL: gateway, ...env }).ready();

const isOffered = async () => (await valkey.exists(keys.practiceReady)) === 1;

function askForBots() {
  const producer = connectValkey(url, silentLog);
  const queue = practiceQueue(producer, silentLog);
  onTestFinished(async () => {
    await queue.close();
    producer.disconnect();
  });
  return queue;
}

async function metric(service: TestService, name: string): Promise<number> {
  const { body } = await getJson(`${service.url}/metrics`);
  const line = (body as string).split('\n').find((each) => each.startsWith(`overcookied_${name}`));
  return Number(line?.split(' ').at(-1) ?? Number.NaN);
}

const ended = (practice: TestService, outcome: string) =>
  metric(practice, `practice_bots_ended_total{outcome="${outcome}"`);

describe('the offer of a bot', () => {
  test('stands while there is a way to a gateway, and no longer', async () => {
    const port = await findFreePort();
    const gateway = `http://127.0.0.1:${port}`;
    const practice = await runPractice(gateway);
    await eventually(() => practice.complaints[0]?.msg === 'no practice bots: no way to a gateway');
    expect(practice.complaints[0]?.reason).toContain('ECONNREFUSED');
    expect(await isOffered()).toBe(false);

    const service = await run('gateway', { PORT: String(port) }).ready();
    await eventually(isOffered);
    expect(await valkey.pttl(keys.practiceReady)).toBeLessThanOrEqual(5_000);
    await service.stop();
    await eventually(async () => !(await isOffered()), 10_000);
    await expect.poll(() => practice.complaints).toHaveLength(2);
  }, 40_000);

  test('is not made when gateways would refuse the bots', async () => {
    const gateway = await run('gateway', { JWT_SECRET: `another ${secret}` }).ready();
    const practice = await runPractice(gateway.url);
    await eventually(() => practice.complaints[0]?.reason === 'it has another JWT_SECRET');
    expect(await isOffered()).toBe(false);
  });

  test('is not made when all bots are under way; jobs wait for one that is free', async () => {
    const gateway = await run('gateway').ready();
    const practice = await runPractice(gateway.url, { PRACTICE_BOTS: '1' });
    await eventually(isOffered);
    const jobs = askForBots();
    await jobs.add('play', { code: 'nobody-waits', rating: 1_500 });
    await jobs.add('play', { code: 'nobody-waits-either', rating: 1_500 });
    await eventually(async () => (await metric(practice, 'practice_bots{')) === 1);
    await eventually(async () => !(await isOffered()), 10_000);
    expect(await jobs.getWaitingCount()).toBe(1);
    expect(await metric(practice, 'practice_bots{')).toBe(1);
    // Nobody is there for either of them.
    await eventually(async () => (await ended(practice, 'refused')) === 2, 25_000);
    await eventually(isOffered);
  }, 40_000);
});

test('a bot that a gateway refuses ends, and its token is in no log', async () => {
  const gateway = await run('gateway', { JWT_SECRET: `another ${secret}` }).ready();
  const practice = await runPractice(gateway.url, { LOG_LEVEL: 'trace' });
  await askForBots().add('play', { code: 'some-code', rating: 1_500 });
  await eventually(async () => (await ended(practice, 'sent_away')) === 1);
  await expect.poll(() => metric(practice, 'practice_bots{')).toBe(0);
  await eventually(() => practice.complaints.find(({ code }) => code === 4003));
  // How every JWT begins.
  expect(JSON.stringify(practice.log)).not.toContain('eyJ');
});

test('ends cleanly and soon, with bots under way', async () => {
  const gateway = await run('gateway').ready();
  const practice = await runPractice(gateway.url);
  await askForBots().add('play', { code: 'nobody-waits', rating: 1_500 });
  await eventually(async () => (await metric(practice, 'practice_bots{')) === 1);
  const askedAt = performance.now();
  expect(await practice.stop()).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(2_000);
  expect(practice.stderr).toBe('');
  expect(await askForBots().getActiveCount()).toBe(0);
});

test('ends cleanly without Valkey', async () => {
  const practice = await run('practice', {
    VALKEY_URL: `valkey://127.0.0.1:${await findFreePort()}`,
  }).listening();
  expect((await getJson(`${practice.url}/readyz`)).status).toBe(503);
  const askedAt = performance.now();
  expect(await practice.stop()).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(2_000);
});

test('says in one line what its environment lacks', async () => {
  const practice = run('practice', { JWT_SECRET: '' });
  expect(await eventually(() => practice.process.exitCode ?? undefined, 10_000)).toBe(1);
  expect(practice.stderr.trim().split('\n')).toHaveLength(1);
  expect(practice.stderr).toContain('practice: wrong environment: JWT_SECRET: is required');
});
