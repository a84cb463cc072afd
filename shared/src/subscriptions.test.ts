import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { silentLog } from '../../tests/support/valkey.ts';
import { Subscriptions } from './subscriptions.ts';

const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;

test('nothing is left of connections that are closed between two tries', async () => {
  const before = timers();
  const many = Array.from({ length: 20 }, () => new Subscriptions('valkey://127.0.0.1:1', silentLog));
  await sleep(300);
  for (const each of many) each.close();
  // Those of the runner come and go.
  expect(timers()).toBeLessThan(before + 10);
});
