/**
 * The places where players wait, as a gateway sees them: the common queue, and parties of two who share a code.
 * What takes players out of the common queue is the matchmaker's.
 *
 * A player has one ticket, which says where they wait. It is JSON; while its player is taken out and the match is not
 * announced yet, an `@` and the room id stand in its place.
 */
import * as z from 'zod/mini';
import { keys } from '../keys.ts';
import { Mode } from '../protocol.ts';
import { newcomer, Standing } from '../rating.ts';
import { Script } from '../script.ts';
import type { Valkey } from '../valkey.ts';

export const Ticket = z.object({
  id: z.string(),
  name: z.string(),
  picture: z.string(),
  /** Where the player is connected. */
  gateway: z.string(),
  /** Number of that connection. */
  connection: z.int(),
  // A ticket that an older version made has none.
  mode: z._default(Mode, 'ranked'),
  /** Of the party in which the player waits; absent in the common queue. */
  code: z.optional(z.string()),
  /** Absent when it is not known, and for bots: such a match is not rated. */
  standing: z.optional(Standing),
  /** Player id of whoever the player met last. */
  lastOpponent: z.optional(z.string()),
  /** Where the trace of the player's wish is; absent while traces are off. */
  traceparent: z.optional(z.string()),
});
export type Ticket = z.infer<typeof Ticket>;
/** A ticket for two who share a code. */
export type PartyTicket = Ticket & { code: string };

/** What to pair a player by, in points. */
export const ratingOf = ({ standing }: Ticket): number => (standing ?? newcomer).rating;

const queueScript = <Reply>(name: string, numberOfKeys: number) =>
  new Script<Reply>(`queue_${name}`, [new URL(`${name}.lua`, import.meta.url)], numberOfKeys);

const scripts = {
  join: queueScript<['queued', number, number] | ['paired' | 'older']>('join', 2),
  meet: queueScript<['queued', number, number] | ['paired' | 'older' | 'made' | 'used' | 'expired']>(
    'meet',
    4,
  ),
  leave: queueScript<'left' | 'paired' | 'absent'>('leave', 2),
};

/**
 * Puts a player into the common queue, once.
 *
 * @returns `since` in ms; `waiting` counts the player too. `older`: a newer connection of the player waits already
 */
export async function joinQueue(
  valkey: Valkey,
  ticket: Ticket,
): Promise<{ outcome: 'queued'; since: number; waiting: number } | { outcome: 'paired' | 'older' }> {
  const reply = await scripts.join.run(valkey, [keys.queue, keys.tickets], ticket.id, JSON.stringify(ticket));
  return reply[0] === 'queued'
    ? { outcome: 'queued', since: reply[1], waiting: reply[2] }
    : { outcome: reply[0] };
}

/**
 * Waits for whoever else comes with the ticket's code; the second to come makes the pair.
 *
 * @param roomId the match's, if this makes the pair
 * @param holdsMs how long the code holds if it is new
 * @param rememberedMs how long after that it is remembered that it held
 * @returns `made`: the pair is pending, and somebody should announce it; `used`: two others have met by the code;
 *   `older` as for `joinQueue`
 */
export async function joinParty(
  valkey: Valkey,
  ticket: PartyTicket,
  roomId: string,
  holdsMs: number,
  rememberedMs: number,
): Promise<
  | { outcome: 'queued'; since: number; expiresAt: number }
  | { outcome: 'paired' | 'older' | 'made' | 'used' | 'expired' }
> {
  const reply = await scripts.meet.run(
    valkey,
    [keys.party(ticket.code), keys.queue, keys.tickets, keys.pending],
    ticket.id,
    JSON.stringify(ticket),
    ticket.code,
    roomId,
    holdsMs,
    rememberedMs,
  );
  return reply[0] === 'queued'
    ? { outcome: 'queued', since: reply[1], expiresAt: reply[2] }
    : { outcome: reply[0] };
}

/** Takes a player out of where they wait, unless a match is on its way or a newer connection waits. */
export function leaveQueue(
  valkey: Valkey,
  playerId: string,
  connection: number,
): Promise<'left' | 'paired' | 'absent'> {
  return scripts.leave.run(valkey, [keys.queue, keys.tickets], playerId, connection);
}

/** The player's ticket; or the room id of the match that is on its way; undefined when the player does not wait. */
export async function readTicket(
  valkey: Valkey,
  playerId: string,
): Promise<Ticket | { roomId: string } | undefined> {
  const text = await valkey.hget(keys.tickets, playerId);
  if (text === null) return undefined;
  return text.startsWith('@') ? { roomId: text.slice(1) } : Ticket.parse(JSON.parse(text));
}

/** How the common queue stands. */
export interface Outlook {
  waiting: number;
  /** The median wait, in ms, of whoever waited longer in the latest pairs; undefined when there were none. */
  estimatedWaitMs: number | undefined;
  /** Whether a bot is there to practise against. */
  practice: boolean;
}

export async function readOutlook(valkey: Valkey): Promise<Outlook> {
  const [waiting, waits, practice] = await Promise.all([
    valkey.zcard(keys.queue),
    valkey.lrange(keys.waits, 0, -1),
    valkey.exists(keys.practiceReady),
  ]);
  const sorted = waits.map(Number).sort((a, b) => a - b);
  return { waiting, estimatedWaitMs: sorted[Math.floor(sorted.length / 2)], practice: practice === 1 };
}
