import { markAway } from '@overcookied/shared/connections/away.ts';
import { scheduleNoLaterThan } from '@overcookied/shared/match/due.ts';
import { createMatch, readMatch } from '@overcookied/shared/match/match.ts';
import { notify } from '@overcookied/shared/notify.ts';
import { assign, presenceTtlMs, release } from '@overcookied/shared/presence/presence.ts';
import type { Role } from '@overcookied/shared/protocol.ts';
import type { Ticket } from '@overcookied/shared/queue/queue.ts';
import type { Rules } from '@overcookied/shared/rules.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { type PendingPair, settle, takeApart } from './pool.ts';

const roles: Role[] = ['p1', 'p2'];

/**
 * Turns a pending pair into a match that both gateways know of. Every step may be done again by another
 * matchmaker, in whatever state this one left it, and also after another has done them all.
 *
 * @returns false when one of the two turned out to be in another match: then the other one waits on
 */
export async function announce(valkey: Valkey, pair: PendingPair, rules: Rules): Promise<boolean> {
  const { roomId } = pair;
  const ttlMs = rules.countdownMs + rules.matchMs + presenceTtlMs;
  const [p1, p2] = await Promise.all([
    assignTicket(valkey, pair.p1, roomId, ttlMs),
    assignTicket(valkey, pair.p2, roomId, ttlMs),
  ]);
  if (p1 === undefined || p2 === undefined) {
    const assigned = roles.filter((role) => ({ p1, p2 })[role] !== undefined);
    await Promise.all(assigned.map((role) => release(valkey, pair[role].id, roomId)));
    // Whoever has left meanwhile does not wait on: nobody would be behind the ticket.
    await takeApart(
      valkey,
      pair,
      assigned.filter((role) => ({ p1, p2 })[role] !== ''),
    );
    return false;
  }
  const next = await createMatch(valkey, roomId, { ...pair, mode: pair.p1.mode }, rules);
  // Before anyone is told: a match that somebody plays has a clock.
  if (next > 0) await scheduleNoLaterThan(valkey, roomId, next);
  await Promise.all([tell(valkey, roomId, pair.p1, p1), tell(valkey, roomId, pair.p2, p2)]);
  await settle(valkey, pair);
  return true;
}

/** Tells the player's gateway, and has the grace run for a player who is connected nowhere any more. */
async function tell(valkey: Valkey, roomId: string, ticket: Ticket, gateway: string): Promise<void> {
  if (gateway === '') await markAway(valkey, roomId, ticket.id, ticket.connection);
  await notify(valkey, gateway || ticket.gateway, { type: 'match', playerId: ticket.id, roomId });
}

/**
 * @returns the gateway where the player is connected, '' when nowhere, or undefined when they are in another match
 *   that is on
 */
async function assignTicket(
  valkey: Valkey,
  ticket: Ticket,
  roomId: string,
  ttlMs: number,
): Promise<string | undefined> {
  let assigned = await assign(valkey, ticket.id, roomId, ttlMs);
  if (assigned.outcome === 'busy') {
    const other = await readMatch(valkey, assigned.room);
    if (other && !other.over) return undefined;
    // A match that is over may still stand there, if the gateway that should have cleared it died.
    await release(valkey, ticket.id, assigned.room);
    assigned = await assign(valkey, ticket.id, roomId, ttlMs);
    if (assigned.outcome === 'busy') return undefined;
  }
  return assigned.gateway;
}
