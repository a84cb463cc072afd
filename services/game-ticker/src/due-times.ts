/** The due times as a ticker sees them: it takes what is due soon, under a lease. */
import { dueShard, dueShards, keys } from '@overcookied/shared/keys.ts';
import { Script } from '@overcookied/shared/script.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

const rescheduleScript = new Script<0 | 1>('due_reschedule', [new URL('reschedule.lua', import.meta.url)], 1);
const takeScript = new Script<string[]>('due_take', [new URL('take.lua', import.meta.url)], 1);

export interface DueRoom {
  roomId: string;
  /** When it needs its clock, in ms by Valkey's. */
  due: number;
  /** When it comes due again for any ticker, in ms by Valkey's. No other taking has the same. */
  lease: number;
}

/**
 * Takes what is due within the look-ahead.
 *
 * @param lookAheadMs how far ahead
 * @param leaseMs how long after its due time a room comes due again, if whoever took it does not say otherwise
 * @param perShard at most so many of each of the sets
 */
export async function takeDue(
  valkey: Valkey,
  lookAheadMs: number,
  leaseMs: number,
  perShard: number,
): Promise<DueRoom[]> {
  const shards = Array.from({ length: dueShards }, (_, shard) =>
    takeScript.run(valkey, [keys.due(shard)], lookAheadMs, leaseMs, perShard),
  );
  const rooms: DueRoom[] = [];
  for (const taken of await Promise.all(shards)) {
    for (let i = 0; i + 2 < taken.length; i += 3) {
      rooms.push({ roomId: taken[i] ?? '', due: Number(taken[i + 1]), lease: Number(taken[i + 2]) });
    }
  }
  return rooms;
}

/**
 * A room that was taken needs its clock at `next` ms.
 *
 * @returns false when the lease does not stand any more, since somebody has asked for the clock or another ticker has
 *   taken the room: then nothing has changed
 */
export async function reschedule(valkey: Valkey, room: DueRoom, next: number): Promise<boolean> {
  return settle(valkey, room, next);
}

/** A room that was taken needs its clock no more; nothing changes if the lease does not stand any more. */
export async function drop(valkey: Valkey, room: DueRoom): Promise<void> {
  await settle(valkey, room, '');
}

/**
 * Holds a room that was taken until a lease after `due` ms.
 *
 * @returns the room as it is held from now on; undefined when the lease does not stand any more
 */
export async function keep(
  valkey: Valkey,
  room: DueRoom,
  due: number,
  leaseMs: number,
): Promise<DueRoom | undefined> {
  // With the fraction by which it can be told from every other lease.
  const lease = Math.floor(due) + leaseMs + (room.lease % 1);
  return (await settle(valkey, room, lease)) ? { roomId: room.roomId, due, lease } : undefined;
}

async function settle(valkey: Valkey, { roomId, lease }: DueRoom, next: number | ''): Promise<boolean> {
  return (await rescheduleScript.run(valkey, [keys.due(dueShard(roomId))], roomId, lease, next)) === 1;
}
