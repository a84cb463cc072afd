import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dueShard, keys } from '@overcookied/shared/keys.ts';
import { askForClock, scheduleNoLaterThan } from '@overcookied/shared/match/due.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../../dev/system/ports.ts';
import { startValkey } from '../../../dev/valkey/valkey.ts';
import { eventually } from '../../../tests/support/eventually.ts';
import { openValkey, testValkey } from '../../../tests/support/valkey.ts';
import { type DueRoom, note, takeDue } from './due-times.ts';

const take = (valkey: Valkey, lookAheadMs = 100) =>
  takeDue(valkey, { lookAheadMs, leaseMs: 1_000, perSet: 10 });
/** The room that was taken is due at `next`, or never. */
const settle = (valkey: Valkey, { roomId, lease }: DueRoom, next?: number) =>
  note(valkey, [{ roomId, lease, next }]);

async function taken(valkey: Valkey): Promise<DueRoom> {
  const [room] = await take(valkey);
  if (!room) throw new Error('nothing was due');
  return room;
}

/** The one due time there is. */
async function due(valkey: Valkey): Promise<number | undefined> {
  for (let shard = 0; shard < 16; shard++) {
    const [, score] = await valkey.zrange(keys.due(shard), 0, '-1', 'WITHSCORES');
    if (score !== undefined) return Number(score);
  }
  return undefined;
}

test('what is due soon is taken once, and comes due again when the lease runs out', async () => {
  const valkey = await testValkey();
  const now = Date.now();
  await scheduleNoLaterThan(valkey, 'soon', now + 5_000);
  await scheduleNoLaterThan(valkey, 'later', now + 90_000);
  const takeWithin = (lookAheadMs: number) => takeDue(valkey, { lookAheadMs, leaseMs: 30_000, perSet: 10 });
  const rooms = await takeWithin(10_000);
  expect(rooms).toMatchObject([{ roomId: 'soon', due: now + 5_000 }]);
  expect(Math.floor(rooms[0]?.lease ?? 0)).toBe(now + 35_000);
  expect(await takeWithin(10_000)).toEqual([]);
  expect((await takeWithin(40_000)).map(({ roomId }) => roomId)).toEqual(['soon']);
});

test('what was overdue gets a whole lease from now', async () => {
  const valkey = await testValkey();
  await scheduleNoLaterThan(valkey, 'room', Date.now() - 60_000);
  const { lease } = await taken(valkey);
  expect(lease - Date.now()).toBeGreaterThan(800);
});

test('the next due time replaces the lease', async () => {
  const valkey = await testValkey();
  await scheduleNoLaterThan(valkey, 'room', Date.now());
  const room = await taken(valkey);
  expect(await due(valkey)).toBe(room.lease);
  await settle(valkey, room, Math.floor(room.lease) + 7_000);
  expect(await due(valkey)).toBe(Math.floor(room.lease) + 7_000);
});

test('whoever asks for the clock while a ticker is at work is not overruled by it', async () => {
  const valkey = await testValkey();
  await scheduleNoLaterThan(valkey, 'room', Date.now());
  const room = await taken(valkey);
  await askForClock(valkey, 'room');
  await settle(valkey, room, room.lease + 7_000);
  await settle(valkey, room);
  expect(await due(valkey)).toBe(0);
  const again = await taken(valkey);
  // Nor when it has been taken again, by whomever.
  await settle(valkey, room, room.lease + 7_000);
  expect(await due(valkey)).toBe(again.lease);
});

test('a ticker whose lease has run out changes nothing', async () => {
  const valkey = await testValkey();
  const now = Date.now();
  await scheduleNoLaterThan(valkey, 'room', now);
  const slept = await taken(valkey);
  const [room] = await take(valkey, 2_000);
  if (!room) throw new Error('it did not come due again');
  const changesNothing = async (expected: number) => {
    await settle(valkey, slept, now);
    await settle(valkey, slept, now + 60_000);
    await settle(valkey, slept);
    expect(await due(valkey)).toBe(expected);
  };
  await changesNothing(room.lease);
  // Not even when the next due time is the very millisecond in which the lost lease ran out.
  for (const next of [Math.floor(slept.lease), Math.ceil(slept.lease), now + 30_000]) {
    const [mine] = await take(valkey, 60_000);
    if (!mine) throw new Error('it did not come due again');
    await settle(valkey, mine, next);
    await changesNothing(next);
  }
});

test('two takings in the same millisecond can be told apart', async () => {
  const valkey = await testValkey();
  const leases = new Set<number>();
  for (let i = 0; i < 50; i++) {
    await askForClock(valkey, 'room');
    leases.add((await taken(valkey)).lease);
  }
  expect(leases.size).toBe(50);
  for (const lease of leases) expect(Number.isInteger(lease)).toBe(false);
});

test('a room that is due again at once is taken by the look that notes it, under a lease of its own', async () => {
  const valkey = await testValkey();
  const now = Date.now();
  await scheduleNoLaterThan(valkey, 'room', now);
  const { roomId, lease } = await taken(valkey);
  const taking = { lookAheadMs: 300, leaseMs: 1_000, perSet: 10 };
  const [again] = await takeDue(valkey, taking, [{ roomId, lease, next: now + 200 }]);
  expect(again).toMatchObject({ roomId: 'room', due: now + 200 });
  expect(Math.floor(again?.lease ?? 0)).toBe(now + 1_200);
  expect(await due(valkey)).toBe(again?.lease);
  expect(again?.lease).not.toBe(lease);
});

test('a match whose end has been seen to is gone, whoever has it, and not brought back by a ticker that was slow', async () => {
  const valkey = await testValkey();
  await scheduleNoLaterThan(valkey, 'room', Date.now());
  const room = await taken(valkey);
  await note(valkey, [{ roomId: 'room', lease: undefined, next: undefined }]);
  expect(await due(valkey)).toBeUndefined();
  await settle(valkey, room, Date.now());
  expect(await due(valkey)).toBeUndefined();
});

test('a room that needs its clock no more is dropped', async () => {
  const valkey = await testValkey();
  await scheduleNoLaterThan(valkey, 'room', Date.now());
  await settle(valkey, await taken(valkey));
  expect(await due(valkey)).toBeUndefined();
});

test('many are noted at once, each in its set and under its own lease', async () => {
  const valkey = await testValkey();
  const now = Date.now();
  const rooms = Array.from({ length: 100 }, (_, i) => `room-${i}`);
  await Promise.all(rooms.map((room) => scheduleNoLaterThan(valkey, room, now)));
  const all = await takeDue(valkey, { lookAheadMs: 100, leaseMs: 1_000, perSet: 100 });
  expect(all.map(({ roomId }) => roomId).toSorted()).toEqual(rooms.toSorted());
  await askForClock(valkey, 'room-7');
  await note(
    valkey,
    all.map(({ roomId, lease }, i) => ({ roomId, lease, next: i % 2 ? now + 60_000 : undefined })),
  );
  const expected = all.map(({ roomId }, i) =>
    roomId === 'room-7' ? '0' : i % 2 ? String(now + 60_000) : null,
  );
  const scores = all.map(({ roomId }) => valkey.zscore(keys.due(dueShard(roomId)), roomId));
  expect(await Promise.all(scores)).toEqual(expected);
});

test('a cluster of one node, whose address does not say that it is one, is asked set by set', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-due-'));
  const args = ['--cluster-enabled', 'yes', '--cluster-port', String(await findFreePort())];
  const server = await startValkey({ dir, persist: false, databases: 1, args });
  onTestFinished(async () => {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  });
  const valkey = await openValkey(server.url);
  onTestFinished(() => valkey.disconnect());
  await valkey.cluster('ADDSLOTSRANGE', 0, 16_383);
  await eventually(async () => String(await valkey.cluster('INFO')).includes('cluster_state:ok'));
  const rooms = Array.from({ length: 40 }, (_, i) => `room-${i}`);
  await Promise.all(rooms.map((room) => scheduleNoLaterThan(valkey, room, Date.now())));
  const all = await take(valkey);
  expect(all.map(({ roomId }) => roomId).toSorted()).toEqual(rooms.toSorted());
  await note(
    valkey,
    all.map(({ roomId, lease }) => ({ roomId, lease, next: undefined })),
  );
  expect(await due(valkey)).toBeUndefined();
  // A set that cannot be looked at keeps nobody from the others.
  await valkey.set(keys.due(dueShard('room-0')), 'no set');
  const others = rooms.filter((room) => dueShard(room) !== dueShard('room-0'));
  await Promise.all(others.map((room) => askForClock(valkey, room)));
  expect((await take(valkey)).map(({ roomId }) => roomId).toSorted()).toEqual(others.toSorted());
});
