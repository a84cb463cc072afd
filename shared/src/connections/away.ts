import { askForClock } from '../match/due.ts';
import { leaveSeat, readMatch } from '../match/match.ts';
import type { Valkey } from '../valkey.ts';

/**
 * A player of a match is not connected: the grace begins, and the clock must look when it ends.
 *
 * @param connection number of the latest connection that is known to be gone; a newer one changes nothing
 */
export async function markAway(
  valkey: Valkey,
  roomId: string,
  playerId: string,
  connection: number,
): Promise<void> {
  const match = await readMatch(valkey, roomId);
  if (!match || match.over) return;
  const role = match.p1.id === playerId ? 'p1' : 'p2';
  const awayUntil = await leaveSeat(valkey, { roomId, role, playerId }, connection);
  if (awayUntil) await askForClock(valkey, roomId);
}
