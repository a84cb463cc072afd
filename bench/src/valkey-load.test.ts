import { createHash } from 'node:crypto';
import { keys } from '@overcookied/shared/keys.ts';
import { scriptDefinitions } from '@overcookied/shared/script.ts';
import { expect, test } from 'vitest';
import { testValkey } from '../../tests/support/valkey.ts';
import { nameOf, slowCommands, valkeyCpuSeconds, valkeyVersion, watchSlowCommands } from './valkey-load.ts';
// Its scripts are to be known.
import '@overcookied/shared/queue/queue.ts';

test('commands have names', () => {
  const hash = createHash('sha1')
    .update(scriptDefinitions.queue_join?.lua ?? '')
    .digest('hex');
  expect(nameOf(['HMGET', 'key', 'field'])).toBe('hmget');
  expect(nameOf(['EVALSHA', hash, '2', keys.queue])).toBe('queue_join');
  expect(nameOf(['evalsha', 'abc', '3', `${keys.jobs('wake')}:wake:id`])).toBe('a script of BullMQ');
  expect(nameOf(['evalsha', 'abc', '0'])).toBe('script abc');
});

test('Valkey tells what it did', async () => {
  const valkey = await testValkey();
  expect(await valkeyVersion(valkey)).toMatch(/^(Valkey|Redis) \d+\.\d+/);
  const before = await valkeyCpuSeconds(valkey);
  await watchSlowCommands(valkey);
  const busy = 'local n = 0 for i = 1, 2000000 do n = n + i end return n';
  await valkey.eval(busy, 0);
  expect(await valkeyCpuSeconds(valkey)).toBeGreaterThan(before);
  const slow = await slowCommands(valkey);
  expect(slow.find(({ name }) => name.startsWith('script local n = 0'))?.ms).toBeGreaterThan(1);
});
