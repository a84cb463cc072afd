/** When which match needs its clock: sorted sets of room ids, score = due time in ms by Valkey's clock. */
import { dueShard, keys } from '../keys.ts';
import type { Valkey } from '../valkey.ts';

/** The match needs its clock at `at` ms or, if something is due sooner, then. */
export async function scheduleNoLaterThan(valkey: Valkey, roomId: string, at: number): Promise<void> {
  await valkey.zadd(keys.due(dueShard(roomId)), 'LT', at, roomId);
}

/** Something has happened to the match that its clock must see to: a ticker is to look as soon as it can. */
export function askForClock(valkey: Valkey, roomId: string): Promise<void> {
  return scheduleNoLaterThan(valkey, roomId, 0);
}

/** The match needs its clock no more. */
export async function unschedule(valkey: Valkey, roomId: string): Promise<void> {
  await valkey.zrem(keys.due(dueShard(roomId)), roomId);
}
