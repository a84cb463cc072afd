import { expect, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { keys } from '../keys.ts';
import { type Instance, readInstances, sign, signOff } from './instances.ts';

const instance = (service: string, over: Partial<Instance> = {}): Instance => ({
  service,
  name: `${service}-1`,
  host: 'here',
  revision: 'abc',
  uptimeSeconds: 5,
  problems: [],
  load: {},
  ...over,
});

test('services are seen from their first sign of life until they sign off', async () => {
  const valkey = await testValkey();
  await sign(valkey, 'two', instance('matchmaker'));
  await sign(valkey, 'one', instance('gateway', { load: { players: 3 } }));
  await sign(valkey, 'two', instance('matchmaker', { problems: ['records: away'] }));
  const seen = await readInstances(valkey);
  expect(seen).toMatchObject([
    { service: 'gateway', load: { players: 3 } },
    { service: 'matchmaker', problems: ['records: away'] },
  ]);
  for (const { silentMs } of seen) expect(silentMs).toBeLessThan(1_000);
  await signOff(valkey, 'one');
  expect(await readInstances(valkey)).toMatchObject([{ service: 'matchmaker' }]);
});

test('one that has died without a word is seen for an hour, and then forgotten', async () => {
  const valkey = await testValkey();
  await sign(valkey, 'dead', instance('gateway'));
  await valkey.zincrby(keys.instanceSigns, -3_500_000, 'dead');
  await sign(valkey, 'alive', instance('matchmaker'));
  expect((await readInstances(valkey))[0]?.silentMs).toBeGreaterThan(3_499_000);
  await valkey.zincrby(keys.instanceSigns, -101_000, 'dead');
  await sign(valkey, 'alive', instance('matchmaker'));
  expect(await readInstances(valkey)).toMatchObject([{ service: 'matchmaker' }]);
  expect(await valkey.hkeys(keys.instances)).toEqual(['alive']);
  expect(await valkey.zrange(keys.instanceSigns, 0, '-1')).toEqual(['alive']);
});

test('what makes no sense is left out', async () => {
  const valkey = await testValkey();
  await sign(valkey, 'one', instance('gateway'));
  await sign(valkey, 'two', instance('matchmaker'));
  await valkey.hset(keys.instances, 'two', '{"service":');
  expect(await readInstances(valkey)).toMatchObject([{ service: 'gateway' }]);
});
