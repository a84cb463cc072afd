import { hostname } from 'node:os';
import { readInstances } from '@overcookied/shared/instances/instances.ts';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../dev/system/ports.ts';
import { eventually } from './support/eventually.ts';
import { type ServiceName, TestService } from './support/service.ts';
import { freshValkeyUrl, openValkey } from './support/valkey.ts';

const kinds: ServiceName[] = ['game-ticker', 'gateway', 'matchmaker', 'practice'];

test('every service is seen, with what keeps it from being ready, until it ends', async () => {
  const url = await freshValkeyUrl();
  const valkey = await openValkey(url);
  const env = {
    VALKEY_URL: url,
    RECORDS_URL: `valkey://127.0.0.1:${await findFreePort()}`,
    JWT_SECRET: 'a secret of the tests known to both gateways',
    REVISION: '1f2e3d4c',
  };
  const services = kinds.map((kind) => new TestService(kind, env));
  onTestFinished(async () => {
    await Promise.all(services.map((service) => service.stop('SIGKILL')));
    valkey.disconnect();
  });
  const seen = await eventually(async () => {
    const instances = await readInstances(valkey);
    return instances.length === kinds.length ? instances : undefined;
  }, 15_000);
  expect(seen.map(({ service }) => service)).toEqual(kinds);
  for (const instance of seen) {
    expect(instance).toMatchObject({ name: instance.service, host: hostname(), revision: '1f2e3d4c' });
    expect(instance.uptimeSeconds).toBeGreaterThan(0);
    expect(instance.silentMs).toBeLessThan(6_000);
  }
  // The records are away: of these only a ticker cannot do without.
  await eventually(async () => {
    const troubled = (await readInstances(valkey)).filter(({ problems }) => problems.length > 0);
    return troubled.length === 1 && troubled[0]?.problems[0]?.startsWith('records: valkey is not reachable');
  });
  expect(seen.find(({ service }) => service === 'gateway')?.load).toEqual({ players: 0, matches: 0 });
  await Promise.all(services.slice(1).map((service) => service.stop()));
  expect(await readInstances(valkey)).toMatchObject([{ service: 'game-ticker' }]);
  await services[0]?.stop('SIGKILL');
  expect(await readInstances(valkey)).toMatchObject([{ service: 'game-ticker' }]);
});
