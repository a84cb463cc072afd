import { exit, roomOf } from '../presence/presence.ts';
import { leaveQueue } from '../queue/queue.ts';
import type { Valkey } from '../valkey.ts';
import { markAway } from './away.ts';

/**
 * A player's connection is gone: the player leaves the queue, and a match that is on counts them as away. It may be
 * said again, and late: the connection's number keeps it from touching a newer one.
 *
 * @param connection its number
 */
export async function sayGone(valkey: Valkey, playerId: string, connection: number): Promise<void> {
  await leaveQueue(valkey, playerId, connection);
  if (!(await exit(valkey, playerId, connection))) return;
  const roomId = await roomOf(valkey, playerId);
  if (roomId) await markAway(valkey, roomId, playerId, connection);
}
