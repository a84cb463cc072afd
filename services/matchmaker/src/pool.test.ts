import { keys } from '@overcookied/shared/keys.ts';
import { joinQueue, leaveQueue } from '@overcookied/shared/queue/queue.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { expect, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { withLock } from './lock.ts';
import { commit, readPending, readWaiting, settle } from './pool.ts';

const unexpected = (json: string) => {
  throw new Error(`unreadable: ${json}`);
};

const ticket = (id: string) => ({ id, name: id, picture: '', gateway: 'g', connection: 1 });

async function queueOf(...ids: string[]): Promise<Valkey> {
  const valkey = await testValkey();
  for (const id of ids) await joinQueue(valkey, ticket(id));
  return valkey;
}

const waitingIds = async (valkey: Valkey) => (await readWaiting(valkey, 100)).map(({ id }) => id);

test('a committed pair is pending, in the queue no more, and cannot join or leave', async () => {
  const valkey = await queueOf('a', 'b', 'c');
  await withLock(valkey, async (fence) => {
    const [pair] = await commit(valkey, fence, [{ roomId: 'r', pair: ['a', 'b'] }]);
    expect(pair).toMatchObject({ roomId: 'r', p1: ticket('a'), p2: ticket('b') });
  });
  expect(await waitingIds(valkey)).toEqual(['c']);
  expect(await readPending(valkey, unexpected)).toHaveLength(1);
  expect(await joinQueue(valkey, ticket('a'))).toEqual({ outcome: 'paired' });
  expect(await leaveQueue(valkey, 'b', 1)).toBe('paired');
  expect(await waitingIds(valkey)).toEqual(['c']);
});

test('a pair of which one has left meanwhile is passed over, and the other waits on', async () => {
  const valkey = await queueOf('a', 'b', 'c', 'd');
  await withLock(valkey, async (fence) => {
    expect(await leaveQueue(valkey, 'a', 1)).toBe('left');
    const committed = await commit(valkey, fence, [
      { roomId: 'r1', pair: ['a', 'b'] },
      { roomId: 'r2', pair: ['c', 'd'] },
    ]);
    expect(committed.map(({ roomId }) => roomId)).toEqual(['r2']);
  });
  expect(await waitingIds(valkey)).toEqual(['b']);
});

test('a matchmaker that slept while another took the lock commits nothing', async () => {
  const valkey = await queueOf('a', 'b');
  let sleeper = 0;
  await withLock(valkey, async (fence) => {
    sleeper = fence;
  });
  await withLock(valkey, async (fence) => {
    expect(fence).toBeGreaterThan(sleeper);
    expect(await commit(valkey, sleeper, [{ roomId: 'r1', pair: ['a', 'b'] }])).toEqual([]);
    expect(await commit(valkey, fence, [{ roomId: 'r2', pair: ['a', 'b'] }])).toHaveLength(1);
  });
});

test('the lock lets one in at a time', async () => {
  const valkey = await testValkey();
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside--;
  };
  const taken = await Promise.all(Array.from({ length: 8 }, () => withLock(valkey, work)));
  expect(taken).toEqual(Array(8).fill(true));
  expect(most).toBe(1);
  expect(await valkey.exists(keys.lock)).toBe(0);
});

test('settling gives back the place of whoever waits on, and is done once', async () => {
  const valkey = await queueOf('a', 'b');
  const since = (await readWaiting(valkey, 1))[0]?.since;
  await withLock(valkey, async (fence) => {
    const [pair] = await commit(valkey, fence, [{ roomId: 'r', pair: ['a', 'b'] }]);
    if (!pair) throw new Error('nothing was committed');
    await settle(valkey, pair, ['p1']);
    await settle(valkey, pair, ['p2']);
  });
  expect(await readWaiting(valkey, 100)).toEqual([{ id: 'a', since }]);
  expect(await readPending(valkey, unexpected)).toEqual([]);
  expect(await valkey.hkeys(keys.tickets)).toEqual(['a']);
});

test('a ticket is left only by the connection that holds it', async () => {
  const valkey = await queueOf('a');
  await joinQueue(valkey, { ...ticket('a'), connection: 2 });
  expect(await leaveQueue(valkey, 'a', 1)).toBe('absent');
  expect(await waitingIds(valkey)).toEqual(['a']);
  expect(await leaveQueue(valkey, 'a', 2)).toBe('left');
});

test('a pending pair that makes no sense keeps nobody else from being announced', async () => {
  const valkey = await queueOf('a', 'b');
  await withLock(valkey, async (fence) => {
    await commit(valkey, fence, [{ roomId: 'r', pair: ['a', 'b'] }]);
  });
  await valkey.hset(keys.pending, 'broken', '{"roomId":"broken"}');
  const unreadable: string[] = [];
  const pairs = await readPending(valkey, (json) => unreadable.push(json));
  expect(pairs.map(({ roomId }) => roomId)).toEqual(['r']);
  expect(unreadable).toEqual(['{"roomId":"broken"}']);
});
