import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../dev/system/ports.ts';
import { type RunningValkey, startValkey } from '../dev/valkey/valkey.ts';
import { eventually } from './support/eventually.ts';
import { getJson } from './support/http.ts';
import { type ServiceName, TestService } from './support/service.ts';
import { freshValkeyUrl } from './support/valkey.ts';

const services: ServiceName[] = ['gateway', 'matchmaker', 'game-ticker'];

function run(name: ServiceName, env: Record<string, string>): TestService {
  const service = new TestService(name, env);
  onTestFinished(async () => {
    await service.stop('SIGKILL');
  });
  return service;
}

/** Its exit code, once it ends by itself. */
const ending = (service: TestService) => eventually(() => service.process.exitCode ?? undefined, 10_000);

/** A Valkey with options of its own. */
async function ownValkey(args: string[], port = 0): Promise<RunningValkey> {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-own-'));
  const valkey = await startValkey({ dir, port, persist: false, args });
  onTestFinished(async () => {
    await valkey.stop();
    await rm(dir, { recursive: true, force: true });
  });
  return valkey;
}

describe.each(services)('%s', (name) => {
  test('answers on its health and metrics addresses, and ends cleanly on SIGTERM', async () => {
    const service = await run(name, { VALKEY_URL: await freshValkeyUrl() }).ready();
    expect((await getJson(`${service.url}/livez`)).body).toBe('ok');
    expect((await getJson(`${service.url}/readyz`)).body).toBe('ok');
    const metrics = await getJson(`${service.url}/metrics`);
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(metrics.body).toMatch(/^overcookied_\w+(\{.*\})? \d/m);
    expect(metrics.body).toContain('nodejs_eventloop_lag_seconds');
    const askedAt = performance.now();
    expect(await service.stop()).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(3_000);
    expect(service.stderr).toBe('');
  });

  test('comes up before Valkey does, says what is missing, and is ready when it is there', async () => {
    const port = await findFreePort();
    const url = `valkey://somebody:a-password@127.0.0.1:${port}`;
    const service = await run(name, { VALKEY_URL: url }).listening();
    expect((await getJson(`${service.url}/livez`)).status).toBe(200);
    const notReady = await getJson(`${service.url}/readyz`);
    expect(notReady.status).toBe(503);
    expect(notReady.body).toContain('valkey is not reachable');
    await ownValkey(['--user', 'somebody', 'on', '>a-password', '~*', '&*', '+@all'], port);
    await eventually(async () => (await getJson(`${service.url}/readyz`)).status === 200);
    expect(JSON.stringify(service.log)).not.toContain('a-password');
  });

  test('ends cleanly on SIGTERM even if Valkey is not there', async () => {
    const service = await run(name, { VALKEY_URL: `valkey://127.0.0.1:${await findFreePort()}` }).listening();
    const askedAt = performance.now();
    expect(await service.stop()).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(3_000);
  });

  test.each([
    ['PORT', 'http', 'PORT: must be a number'],
    ['PORT', '70000', 'PORT: '],
    ['VALKEY_URL', 'localhost', 'VALKEY_URL: must look like valkey://'],
    ['VALKEY_URL', 'valkey://a:1,valkeys://b:1', 'VALKEY_URL: must name the same scheme'],
    ['RECORDS_URL', 'http://localhost', 'RECORDS_URL: must look like valkey://'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL: '],
    ['RULES', '{matchMs:3000}', 'RULES: must be JSON'],
    ['RULES', '{"matchMs":"3 s"}', 'RULES.matchMs: '],
    ['RULES', '{"matchLength":3000}', 'matchLength'],
    ['RULES', '{"goldenGapMs":[9,3]}', 'RULES.goldenGapMs: the first number must not be above the second'],
  ])('with %s=%s stops with one line that says so', async (variable, value, message) => {
    const service = run(name, { [variable]: value });
    expect(await ending(service)).toBe(1);
    expect(service.stderr.trim().split('\n')).toHaveLength(1);
    expect(service.stderr).toContain(`${name}: wrong environment: `);
    expect(service.stderr).toContain(message);
  });

  test('warns of a Valkey that throws keys away when it is full, and of no other', async () => {
    const { url } = await ownValkey(['--maxmemory-policy', 'allkeys-lru']);
    const careless = run(name, { VALKEY_URL: url });
    const careful = await run(name, { VALKEY_URL: await freshValkeyUrl() }).ready();
    await careless.ready();
    await eventually(() => careless.complaints.length > 0);
    expect(careless.complaints).toMatchObject([{ policy: 'allkeys-lru', needed: 'noeviction' }]);
    expect(careful.complaints).toEqual([]);
  });

  test('says so when its port is taken', async () => {
    const first = await run(name, { VALKEY_URL: await freshValkeyUrl() }).listening();
    const second = run(name, { VALKEY_URL: await freshValkeyUrl(), PORT: String(first.port) });
    expect(await ending(second)).toBe(1);
    expect(second.stderr).toContain(`port ${first.port} is taken`);
  });
});

describe('gateway', () => {
  test.each([
    [{ NODE_ENV: 'production' }, 'JWT_SECRET: is required when NODE_ENV=production'],
    [{ JWT_SECRET: 'short' }, 'JWT_SECRET: must be at least 32 bytes long'],
    [{ ALLOWED_ORIGINS: 'https://a.example/path' }, 'ALLOWED_ORIGINS: must be a comma list of origins'],
  ])('with %j stops with one line that says so', async (env, message) => {
    const service = run('gateway', env as unknown as Record<string, string>);
    expect(await ending(service)).toBe(1);
    expect(service.stderr.trim().split('\n')).toHaveLength(1);
    expect(service.stderr).toContain(message);
    expect(service.stderr).not.toContain('short');
  });

  test('lets people play while the records are away, and says so to whoever asks for them', async () => {
    const away = `valkey://127.0.0.1:${await findFreePort()}`;
    const gateway = await run('gateway', { VALKEY_URL: await freshValkeyUrl(), RECORDS_URL: away }).ready();
    const answer = await getJson(`${gateway.url}/api/leaderboard`);
    expect(answer.status).toBe(503);
    expect(answer.body.error).toContain('records');
    await expect.poll(() => gateway.complaints).toHaveLength(1);
  });
});
