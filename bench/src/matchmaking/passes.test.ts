import { keys } from '@overcookied/shared/keys.ts';
import { expect, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { lockTakings } from './passes.ts';

test('the takings of the lock are counted', async () => {
  const valkey = await testValkey();
  expect(await lockTakings(valkey)).toBe(0);
  await valkey.set(keys.fence, 7);
  expect(await lockTakings(valkey)).toBe(7);
});
