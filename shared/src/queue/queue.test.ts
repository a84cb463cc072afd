import { expect, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { keys } from '../keys.ts';
import { joinQueue, leaveQueue, queueStatus } from './queue.ts';

const ticket = (id: string) => ({ id, name: id, picture: '', gateway: 'g', connection: 1 });

test('players stand in the order in which they joined, within a millisecond too', async () => {
  const valkey = await testValkey();
  const ids = Array.from({ length: 200 }, (_, i) => `player-${(i * 37) % 200}`);
  const joined = await Promise.all(ids.map((id) => joinQueue(valkey, ticket(id))));
  expect(await valkey.zrange(keys.queue, 0, '-1')).toEqual(ids);
  expect(joined.at(-1)).toMatchObject({ outcome: 'queued', waiting: 200 });
  for (const each of joined) {
    if (each.outcome !== 'queued') throw new Error('not queued');
    expect(Number.isInteger(each.since)).toBe(true);
    expect(Math.abs(each.since - Date.now())).toBeLessThan(5_000);
  }
});

test('joining again keeps the place, and leaving gives it up', async () => {
  const valkey = await testValkey();
  const first = await joinQueue(valkey, ticket('ada'));
  await joinQueue(valkey, ticket('bo'));
  expect(await joinQueue(valkey, ticket('ada'))).toEqual({ ...first, waiting: 2 });
  expect(await leaveQueue(valkey, 'ada', 1)).toBe('left');
  expect(await leaveQueue(valkey, 'ada', 1)).toBe('absent');
  expect(await queueStatus(valkey, 'ada')).toEqual({ since: undefined, waiting: 1 });
});
