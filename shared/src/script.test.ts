import { expect, test } from 'vitest';
import { ticketOf } from '../../tests/support/ticket.ts';
import { freshValkeyUrl, openValkey } from '../../tests/support/valkey.ts';
import { joinQueue } from './queue/queue.ts';

const ticket = ticketOf('ada');

test('a script’s first call works in a batch that other calls have begun', async () => {
  const valkey = await openValkey(await freshValkeyUrl());
  const [pong, joined] = await Promise.all([valkey.ping(), joinQueue(valkey, ticket)]);
  expect(pong).toBe('PONG');
  expect(joined.outcome).toBe('queued');
  await valkey.quit();
});

test('a script works although Valkey has forgotten it', async () => {
  const valkey = await openValkey(await freshValkeyUrl());
  await joinQueue(valkey, ticket);
  await valkey.script('FLUSH');
  expect((await joinQueue(valkey, ticket)).outcome).toBe('queued');
  await valkey.quit();
});
