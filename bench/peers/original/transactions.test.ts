import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { freshValkeyUrl } from '../../../tests/support/valkey.ts';
import { Transactions } from './transactions.ts';

test('what collides is tried again or dropped, and is never counted on top of what it has not seen', async () => {
  const url = (await freshValkeyUrl()).replace('valkey:', 'redis:');
  const connections = Array.from({ length: 8 }, () => new Redis(url));
  onTestFinished(() => {
    for (const connection of connections) connection.disconnect();
  });
  await connections[0]?.set('count', '0');
  const [one, other] = [new Transactions(connections.slice(0, 4)), new Transactions(connections.slice(4))];
  const all = Array.from({ length: 200 }, (_, i) =>
    (i % 2 === 0 ? one : other).update<number>('count', (count) => count + 1),
  );
  const counted = (await Promise.all(all)).filter((count) => count !== undefined);
  expect(await connections[0]?.get('count')).toBe(String(counted.length));
  expect(new Set(counted).size).toBe(counted.length);
  expect(counted.length).toBeLessThan(all.length);
});
