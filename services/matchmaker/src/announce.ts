import { markAway } from '@overcookied/shared/connections/away.ts';
import { scheduleNoLaterThan } from '@overcookied/shared/match/due.ts';
import { createMatch, readMatch } from '@overcookied/shared/match/match.ts';
import { notify } from '@overcookied/shared/notify.ts';
import { assign, presenceTtlMs, readWhereabouts, release } from '@overcookied/shared/presence/presence.ts';
import type { Role } from '@overcookied/shared/protocol.ts';
import type { Ticket } from '@overcookied/shared/queue/queue.ts';
import type { Rules } from '@overcookied/shared/rules.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { PairTrace } from './pair-trace.ts';
import { type PendingPair, settle, takeApart } from './pool.ts';

const roles: Role[] = ['p1', 'p2'];

/**
 * Turns a pending pair into a match that both gateways know of. Every step may be done again by another
 * matchmaker, in whatever state this one left it, and also after another has done them all.
 *
 * @returns false when one of the two turned out to be in another match: then the other one waits on
 */
export async function announce(valkey: Valkey, pair: PendingPair, rules: Rules): Promise<boolean> {
  const trace = new PairTrace(pair);
  try {
    const isAnnounced = await announceTraced(valkey, pair, rules, trace);
    trace.end(isAnnounced ? undefined : new Error('one of the two is in another match'));
    return isAnnounced;
  } catch (error) {
    trace.end(error as Error);
    throw error;
  }
}

async function announceTraced(
  valkey: Valkey,
  pair: PendingPair,
  rules: Rules,
  trace: PairTrace,
): Promise<boolean> {
  const { roomId } = pair;
  const ttlMs = rules.countdownMs + rules.matchMs + presenceTtlMs;
  const [p1, p2] = await Promise.all([
    assignTicket(valkey, pair.p1, roomId, ttlMs),
    assignTicket(valkey, pair.p2, roomId, ttlMs),
  ]);
  if (p1 === undefined || p2 === undefined) {
    const assigned = roles.filter((role) => ({ p1, p2 })[role] !== undefined);
    // Whoever has left meanwhile does not wait on: nobody would be behind the ticket.
    const waitOn = assigned.filter((role) => ({ p1, p2 })[role] !== '');
    // Another announcer may have found both free, and made the match.
    if ((await takeApart(valkey, pair, waitOn)) && !(await readMatch(valkey, roomId)))
      await Promise.all(assigned.map((role) => release(valkey, pair[role].id, roomId)));
    return false;
  }
  const next = await trace.creating(() =>
    createMatch(valkey, roomId, { ...pair, mode: pair.p1.mode }, rules),
  );
  if (next > 0) {
    // Before anyone is told: a match that somebody plays has a clock.
    await scheduleNoLaterThan(valkey, roomId, next);
    await Promise.all(
      roles.map((role) =>
        trace.telling(role, pair[role].id, (traceparent) =>
          tell(valkey, roomId, { ...pair[role], traceparent }, ttlMs),
        ),
      ),
    );
  } else {
    // Somebody else has announced it, long ago: whoever played it is elsewhere by now.
    await Promise.all(roles.map((role) => release(valkey, pair[role].id, roomId)));
  }
  await settle(valkey, pair);
  return true;
}

/**
 * Tells the player's gateway, and has the grace run for a player who is not there.
 *
 * Where the player is, is asked again now that there is a match: a gateway that died before could not mark them away
 * in it, and whoever speaks for it later can.
 */
async function tell(valkey: Valkey, roomId: string, ticket: Ticket, ttlMs: number): Promise<void> {
  const whereabouts = await readWhereabouts(valkey, ticket.id);
  let gateway: string | undefined = whereabouts.gateway;
  if (whereabouts.room !== roomId) {
    // This announcer may have slept since it made the match: a player who has played it is not put back into it.
    if ((await readMatch(valkey, roomId))?.over) return;
    // Another announcer of this pair may have released the player meanwhile.
    gateway = await assignTicket(valkey, ticket, roomId, ttlMs);
  }
  if (!gateway) await markAway(valkey, roomId, ticket.id, ticket.connection);
  const { id: playerId, traceparent } = ticket;
  await notify(valkey, gateway || ticket.gateway, { type: 'match', playerId, roomId, traceparent });
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
