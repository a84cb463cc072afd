import { keys } from '@overcookied/shared/keys.ts';
import { askForClock, scheduleNoLaterThan, unschedule } from '@overcookied/shared/match/due.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { expect, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { type DueRoom, drop, keep, reschedule, takeDue } from './due-times.ts';

const take = (valkey: Valkey, lookAheadMs = 100) => takeDue(valkey, lookAheadMs, 1_000, 10);

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
  await scheduleNoLaterThan(valkey, 'soon', now + 50);
  await scheduleNoLaterThan(valkey, 'later', now + 60_000);
  const rooms = await take(valkey);
  expect(rooms).toMatchObject([{ roomId: 'soon', due: now + 50 }]);
  expect(Math.floor(rooms[0]?.lease ?? 0)).toBe(now + 1_050);
  expect(await take(valkey)).toEqual([]);
  expect((await take(valkey, 2_000)).map(({ roomId }) => roomId)).toEqual(['soon']);
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
  expect(await reschedule(valkey, room, Math.floor(room.lease) + 7_000)).toBe(true);
  expect(await due(valkey)).toBe(Math.floor(room.lease) + 7_000);
});

test('whoever asks for the clock while a ticker is at work is not overruled by it', async () => {
  const valkey = await testValkey();
  await scheduleNoLaterThan(valkey, 'room', Date.now());
  const room = await taken(valkey);
  await askForClock(valkey, 'room');
  expect(await reschedule(valkey, room, room.lease + 7_000)).toBe(false);
  await drop(valkey, room);
  const again = await taken(valkey);
  // Nor when it has been taken again, by whomever.
  expect(await reschedule(valkey, room, room.lease + 7_000)).toBe(false);
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
    expect(await reschedule(valkey, slept, now)).toBe(false);
    expect(await reschedule(valkey, slept, now + 60_000)).toBe(false);
    expect(await keep(valkey, slept, now, 1_000)).toBeUndefined();
    await drop(valkey, slept);
    expect(await due(valkey)).toBe(expected);
  };
  await changesNothing(room.lease);
  // Not even when the next due time is the very millisecond in which the lost lease ran out.
  for (const next of [Math.floor(slept.lease), Math.ceil(slept.lease), now + 30_000]) {
    const [mine] = await take(valkey, 60_000);
    if (!mine) throw new Error('it did not come due again');
    await reschedule(valkey, mine, next);
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

test('a room that is kept is leased anew', async () => {
  const valkey = await testValkey();
  const now = Date.now();
  await scheduleNoLaterThan(valkey, 'room', now);
  const room = await taken(valkey);
  const kept = await keep(valkey, room, now + 200, 1_000);
  expect(kept).toMatchObject({ roomId: 'room', due: now + 200 });
  expect(Math.floor(kept?.lease ?? 0)).toBe(now + 1_200);
  expect(await due(valkey)).toBe(kept?.lease);
  if (kept) expect(await reschedule(valkey, kept, now)).toBe(true);
});

test('a match whose end has been seen to is not brought back by a ticker that was slow', async () => {
  const valkey = await testValkey();
  await scheduleNoLaterThan(valkey, 'room', Date.now());
  const room = await taken(valkey);
  await unschedule(valkey, 'room');
  await reschedule(valkey, room, Date.now());
  expect(await due(valkey)).toBeUndefined();
});

test('a room that needs its clock no more is dropped', async () => {
  const valkey = await testValkey();
  await scheduleNoLaterThan(valkey, 'room', Date.now());
  await drop(valkey, await taken(valkey));
  expect(await due(valkey)).toBeUndefined();
});
