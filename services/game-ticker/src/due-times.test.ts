import { keys } from '@overcookied/shared/keys.ts';
import { askForClock, scheduleNoLaterThan, unschedule } from '@overcookied/shared/match/due.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { expect, test } from 'vitest';
import { testValkey } from '../../../tests/support/valkey.ts';
import { type DueRoom, reschedule, takeDue } from './due-times.ts';

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
  expect(rooms).toEqual([{ roomId: 'soon', due: now + 50, lease: now + 1_050 }]);
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
  await reschedule(valkey, room, room.lease + 7_000);
  expect(await due(valkey)).toBe(room.lease + 7_000);
});

test('whoever asks for the clock while a ticker is at work is not overruled by it', async () => {
  const valkey = await testValkey();
  await scheduleNoLaterThan(valkey, 'room', Date.now());
  const room = await taken(valkey);
  await askForClock(valkey, 'room');
  await reschedule(valkey, room, room.lease + 7_000);
  expect((await taken(valkey)).roomId).toBe('room');
});

test('a match whose end has been seen to is not brought back by a ticker that was slow', async () => {
  const valkey = await testValkey();
  await scheduleNoLaterThan(valkey, 'room', Date.now());
  const room = await taken(valkey);
  await unschedule(valkey, 'room');
  await reschedule(valkey, room, Date.now());
  expect(await due(valkey)).toBeUndefined();
});
