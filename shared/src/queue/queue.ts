/**
 * The queue of waiting players, as a gateway sees it. What takes players out of it is the matchmaker's.
 *
 * A ticket is JSON; while its player is taken out of the queue and the match is not announced yet, an `@`
 * and the room id stand in its place.
 */
import * as z from 'zod/mini';
import { keys } from '../keys.ts';
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
});
export type Ticket = z.infer<typeof Ticket>;

const queueKeys = [keys.queue, keys.tickets];
const join = new Script<['queued', number, number] | ['paired']>(
  'queue_join',
  [new URL('join.lua', import.meta.url)],
  2,
);
const leave = new Script<'left' | 'paired' | 'absent'>(
  'queue_leave',
  [new URL('leave.lua', import.meta.url)],
  2,
);

/** Puts a player into the queue, once. `since` is in ms; `waiting` counts the player too. */
export async function joinQueue(
  valkey: Valkey,
  ticket: Ticket,
): Promise<{ outcome: 'queued'; since: number; waiting: number } | { outcome: 'paired' }> {
  const reply = await join.run(valkey, queueKeys, ticket.id, JSON.stringify(ticket));
  return reply[0] === 'queued'
    ? { outcome: 'queued', since: reply[1], waiting: reply[2] }
    : { outcome: 'paired' };
}

/** Takes a player out of the queue, unless a match is on its way or a newer connection waits. */
export function leaveQueue(
  valkey: Valkey,
  playerId: string,
  connection: number,
): Promise<'left' | 'paired' | 'absent'> {
  return leave.run(valkey, queueKeys, playerId, connection);
}

/** Since when the player waits (ms), or undefined, and how many wait. */
export async function queueStatus(
  valkey: Valkey,
  playerId: string,
): Promise<{ since: number | undefined; waiting: number }> {
  const [since, waiting] = await Promise.all([valkey.zscore(keys.queue, playerId), valkey.zcard(keys.queue)]);
  return { since: since === null ? undefined : Math.floor(Number(since)), waiting };
}
