import { scheduleNoLaterThan } from '@overcookied/shared/match/due.ts';
import { createMatch, readMatch } from '@overcookied/shared/match/match.ts';
import { notify } from '@overcookied/shared/notify.ts';
import { assign, presenceTtlMs, release } from '@overcookied/shared/presence/presence.ts';
import type { Ticket } from '@overcookied/shared/queue/queue.ts';
import type { Rules } from '@overcookied/shared/rules.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { type PendingPair, settle } from './pool.ts';

/**
 * Turns a pending pair into a match that both gateways know of. Every step may be done again by another
 * matchmaker, in whatever state this one left it.
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
    const requeue: ('p1' | 'p2')[] = [];
    if (p1 !== undefined) requeue.push('p1');
    if (p2 !== undefined) requeue.push('p2');
    await Promise.all(requeue.map((role) => release(valkey, pair[role].id, roomId)));
    await settle(valkey, pair, requeue);
    return false;
  }
  const next = await createMatch(valkey, roomId, pair, rules);
  // Before anyone is told: a match that somebody plays has a clock.
  if (next > 0) await scheduleNoLaterThan(valkey, roomId, next);
  await Promise.all([
    notify(valkey, p1, { type: 'match', playerId: pair.p1.id, roomId }),
    notify(valkey, p2, { type: 'match', playerId: pair.p2.id, roomId }),
  ]);
  await settle(valkey, pair);
  return true;
}

/** @returns the gateway where the player is now, or undefined when they are in another match that is on */
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
  return assigned.gateway || ticket.gateway;
}
