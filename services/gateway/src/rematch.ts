import { readMatch } from '@overcookied/shared/match/match.ts';
import * as presence from '@overcookied/shared/presence/presence.ts';
import { rematchMs } from '@overcookied/shared/protocol.ts';
import type { SessionParts } from './session-parts.ts';
import { type PartyWish, rematchWish } from './wish.ts';

/** Another match against the opponent of the latest one. */
export interface Rematch {
  wish: PartyWish;
  roomId: string;
  /** The opponent's player id, and where they are connected. */
  opponent: string;
  gateway: string;
}

/**
 * What a player asks for with `REMATCH`, on whichever gateway; or why it cannot be, in words; or undefined when the
 * player is in a match already.
 */
export async function findRematch(
  { valkey, clock }: Pick<SessionParts, 'valkey' | 'clock'>,
  playerId: string,
): Promise<Rematch | string | undefined> {
  const { room, lastRoom } = await presence.roomsOf(valkey, playerId);
  const roomId = room ?? lastRoom;
  const match = roomId === undefined ? undefined : await readMatch(valkey, roomId);
  // Before the match is created the player is in its room already.
  if (room !== undefined && !match?.over) return undefined;
  const holdsMs = match?.over ? match.endedAt + rematchMs - clock.now() : 0;
  if (!match || holdsMs <= 0) {
    return `there is no match to repeat: it must have ended less than ${rematchMs / 1000} s ago`;
  }
  const opponent = match.p1.id === playerId ? match.p2.id : match.p1.id;
  const { gateway } = await presence.readWhereabouts(valkey, opponent);
  if (!gateway) return 'your opponent has left';
  return {
    wish: rematchWish(match.roomId, match.mode, holdsMs, opponent),
    roomId: match.roomId,
    opponent,
    gateway,
  };
}
