import { keys } from '@overcookied/shared/keys.ts';
import { joinQueue, leaveQueue } from '@overcookied/shared/queue/queue.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { expect, test } from 'vitest';
import { ticketOf } from '../../../tests/support/ticket.ts';
import { testValkey } from '../../../tests/support/valkey.ts';
import { withLock } from './lock.ts';
import { commit, type PendingPair, readAbandoned, readPair, readQueue, settle, takeApart } from './pool.ts';

const unexpected = (json: string) => {
  throw new Error(`unreadable: ${json}`);
};

async function queueOf(...ids: string[]): Promise<Valkey> {
  const valkey = await testValkey();
  for (const id of ids) await joinQueue(valkey, ticketOf(id));
  return valkey;
}

const waitingIds = async (valkey: Valkey) =>
  (await readQueue(valkey, 100, unexpected)).waiting.map(({ id }) => id);
const pendingRooms = async (valkey: Valkey) =>
  (await readAbandoned(valkey, 0, unexpected)).pairs.map(({ roomId }) => roomId);

/** Takes a and b out as the pair of room r. */
async function commitPair(valkey: Valkey): Promise<PendingPair> {
  await withLock(valkey, async (fence) => {
    expect(await commit(valkey, fence, [{ roomId: 'r', p1: 'a', p2: 'b' }])).toHaveLength(1);
  });
  return (await readPair(valkey, 'r')) as PendingPair;
}

test('a committed pair is pending, in the queue no more, and cannot join or leave', async () => {
  const valkey = await queueOf('a', 'b', 'c');
  expect(await commitPair(valkey)).toMatchObject({ roomId: 'r', p1: ticketOf('a'), p2: ticketOf('b') });
  expect(await waitingIds(valkey)).toEqual(['c']);
  expect(await pendingRooms(valkey)).toEqual(['r']);
  expect(await joinQueue(valkey, ticketOf('a'))).toEqual({ outcome: 'paired' });
  expect(await leaveQueue(valkey, 'b', 1)).toBe('paired');
  expect(await waitingIds(valkey)).toEqual(['c']);
});

test('a pair of which one has left meanwhile is passed over, and the other waits on', async () => {
  const valkey = await queueOf('a', 'b', 'c', 'd');
  await withLock(valkey, async (fence) => {
    expect(await leaveQueue(valkey, 'a', 1)).toBe('left');
    const committed = await commit(valkey, fence, [
      { roomId: 'r1', p1: 'a', p2: 'b' },
      { roomId: 'r2', p1: 'c', p2: 'd' },
    ]);
    expect(committed).toMatchObject([{ roomId: 'r2' }]);
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
    expect(await commit(valkey, sleeper, [{ roomId: 'r1', p1: 'a', p2: 'b' }])).toBe('fenced');
    expect(await commit(valkey, fence, [{ roomId: 'r2', p1: 'a', p2: 'b' }])).toHaveLength(1);
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
  // So few that each has its turn before it would give up, on a busy machine, too.
  const taken = await Promise.all(Array.from({ length: 4 }, () => withLock(valkey, work)));
  expect(taken).toEqual(Array(4).fill(true));
  expect(most).toBe(1);
  expect(await valkey.exists(keys.lock)).toBe(0);
});

test('taking a pair apart gives back the place of whoever waits on, and is done once', async () => {
  const valkey = await queueOf('a', 'b');
  const since = await valkey.zscore(keys.queue, 'a');
  const pair = await commitPair(valkey);
  await takeApart(valkey, pair, ['p1']);
  await takeApart(valkey, pair, ['p2']);
  expect(await valkey.zrange(keys.queue, 0, '-1', 'WITHSCORES')).toEqual(['a', since]);
  expect(await pendingRooms(valkey)).toEqual([]);
  expect(await valkey.hkeys(keys.tickets)).toEqual(['a']);
});

test('settling leaves nothing, and does not touch a ticket that is newer', async () => {
  const valkey = await queueOf('a', 'b');
  const pair = await commitPair(valkey);
  await settle(valkey, pair);
  expect(await pendingRooms(valkey)).toEqual([]);
  expect(await valkey.hlen(keys.tickets)).toBe(0);
  await joinQueue(valkey, ticketOf('a'));
  await settle(valkey, pair);
  expect(await waitingIds(valkey)).toEqual(['a']);
});

test('a pair counts as abandoned after a while, and it is said when', async () => {
  const valkey = await queueOf('a', 'b');
  await commitPair(valkey);
  const young = await readAbandoned(valkey, 60_000, unexpected);
  expect(young.pairs).toEqual([]);
  expect(young.moreInMs).toBeGreaterThan(50_000);
  expect(young.moreInMs).toBeLessThanOrEqual(60_000);
  expect((await readAbandoned(valkey, 0, unexpected)).pairs).toHaveLength(1);
});

test('how long players had waited is remembered', async () => {
  const valkey = await queueOf('a', 'b');
  await valkey.zadd(keys.queue, Date.now() - 3_000, 'a');
  await commitPair(valkey);
  const waits = (await valkey.lrange(keys.waits, 0, -1)).map(Number).sort((x, y) => x - y);
  expect(waits).toHaveLength(1);
  expect(waits[0]).toBeGreaterThan(2_000);
  expect(await valkey.pttl(keys.waits)).toBeGreaterThan(0);
});

test('a ticket is left only by the connection that holds it', async () => {
  const valkey = await queueOf('a');
  await joinQueue(valkey, ticketOf('a', { connection: 2 }));
  expect(await leaveQueue(valkey, 'a', 1)).toBe('absent');
  expect(await waitingIds(valkey)).toEqual(['a']);
  expect(await leaveQueue(valkey, 'a', 2)).toBe('left');
});

test('what makes no sense keeps nobody else from being paired or announced', async () => {
  const valkey = await queueOf('a', 'b', 'c', 'd');
  await commitPair(valkey);
  await valkey.hset(keys.pending, 'broken', '{"roomId":"broken"}');
  await valkey.hset(keys.tickets, 'c', 'not JSON');
  const entries: string[] = [];
  const unreadable = (entry: string) => entries.push(entry);
  const { pairs } = await readAbandoned(valkey, 0, unreadable);
  expect(pairs.map(({ roomId }) => roomId)).toEqual(['r']);
  const { waiting } = await readQueue(valkey, 100, unreadable);
  expect(waiting.map(({ id }) => id)).toEqual(['d']);
  expect(entries).toEqual(['{"roomId":"broken"}', 'not JSON']);
});

test('what an older version left behind is paired and announced', async () => {
  const valkey = await queueOf('a', 'b');
  const { mode: _, ...older } = ticketOf('a');
  await valkey.hset(keys.tickets, 'a', JSON.stringify(older));
  expect(await waitingIds(valkey)).toEqual(['a', 'b']);
  const pair = { roomId: 'r', p1: older, p2: { ...older, id: 'b' }, since: [1, 2] };
  await valkey.hset(keys.pending, 'r', JSON.stringify(pair));
  const { pairs } = await readAbandoned(valkey, 1_000, unexpected);
  expect(pairs).toMatchObject([{ roomId: 'r', p1: { mode: 'ranked' } }]);
});
