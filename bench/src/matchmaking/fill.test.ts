import { Random } from '@overcookied/bot/random.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { ratingOf, Ticket } from '@overcookied/shared/queue/queue.ts';
import { expect, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { fillQueue } from './fill.ts';

test('players wait as a matchmaker expects them to, spread over the gateways', async () => {
  const valkey = await testValkey();
  const ids = await fillQueue(valkey, 1_100, ['one', 'two'], new Random(1));
  expect(new Set(ids).size).toBe(1_100);
  expect(await valkey.zcard(keys.queue)).toBe(1_100);
  const tickets = Object.values(await valkey.hgetall(keys.tickets)).map((json) =>
    Ticket.parse(JSON.parse(json)),
  );
  expect(tickets).toHaveLength(1_100);
  expect(tickets.filter(({ gateway }) => gateway === 'two')).toHaveLength(550);
  expect(new Set(tickets.map(ratingOf)).size).toBeGreaterThan(500);
  const [{ id, gateway, connection } = { id: '', gateway: '', connection: 0 }] = tickets;
  expect(await valkey.hmget(keys.presence(id), 'gateway', 'connection')).toEqual([
    gateway,
    String(connection),
  ]);
});
