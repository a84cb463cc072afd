/** The places where players wait, as a matchmaker sees them, and the one way to take a pair out of the queue. */
import { keys } from '@overcookied/shared/keys.ts';
import type { Role } from '@overcookied/shared/protocol.ts';
import { ratingOf, Ticket } from '@overcookied/shared/queue/queue.ts';
import { Script } from '@overcookied/shared/script.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import * as z from 'zod/mini';
import type { Candidate } from './pairing.ts';

/** Two players taken out of where they waited whose match is not announced yet. */
export const PendingPair = z.object({
  roomId: z.string(),
  p1: Ticket,
  p2: Ticket,
  /** When each began to wait, in ms. */
  since: z.tuple([z.number(), z.number()]),
  /** When the pair was made, in ms; long ago for one that an older version left. */
  at: z._default(z.number(), 0),
});
export type PendingPair = z.infer<typeof PendingPair>;

/** Told of an entry that makes no sense, for instance because a newer version wrote it. It stays where it is. */
export type Unreadable = (entry: string, error: Error) => void;

/** From so many of the latest waits, no older than this, a waiting player's is estimated. */
const waitsKept = 50;
const waitsKeptMs = 600_000;

const commitScript = new Script<string[]>('pool_commit', [new URL('commit.lua', import.meta.url)], 5);
const settleScript = new Script<null>('pool_settle', [new URL('settle.lua', import.meta.url)], 2);
const takeApartScript = new Script<0 | 1>('pool_take_apart', [new URL('take-apart.lua', import.meta.url)], 3);

const parsePair = (json: string): PendingPair => PendingPair.parse(JSON.parse(json));

/** So many tickets in one call, so that no call holds Valkey for long. */
const ticketsAtOnce = 500;

/**
 * The `limit` players who have waited longest in the common queue, and the time by Valkey's clock in ms. One without
 * a ticket has just left, and one with a mark in its place has just been taken out.
 */
export async function readQueue(
  valkey: Valkey,
  limit: number,
  unreadable: Unreadable,
): Promise<{ waiting: Candidate[]; now: number; isWhole: boolean }> {
  const [now, flat] = await Promise.all([
    readClock(valkey),
    valkey.zrange(keys.queue, 0, String(limit - 1), 'WITHSCORES'),
  ]);
  const places = Array.from({ length: flat.length / 2 }, (_, i) => ({
    id: flat[2 * i] as string,
    since: Number(flat[2 * i + 1]),
  }));
  const tickets: (string | null)[] = [];
  for (let i = 0; i < places.length; i += ticketsAtOnce) {
    const ids = places.slice(i, i + ticketsAtOnce).map(({ id }) => id);
    tickets.push(...(await valkey.hmget(keys.tickets, ...ids)));
  }
  const waiting = places.flatMap(({ id, since }, i) => {
    const json = tickets[i];
    if (!json || json.startsWith('@')) return [];
    try {
      const ticket = Ticket.parse(JSON.parse(json));
      return [{ id, since, rating: ratingOf(ticket), lastOpponent: ticket.lastOpponent }];
    } catch (error) {
      unreadable(json, error as Error);
      return [];
    }
  });
  return { waiting, now, isWhole: places.length < limit };
}

async function readClock(valkey: Valkey): Promise<number> {
  const [seconds, micros] = await valkey.time();
  return Number(seconds) * 1_000 + Number(micros) / 1_000;
}

/**
 * Pairs that were made long enough ago that whoever was to announce them must have died.
 *
 * @param afterMs how long that is
 * @returns also how soon the oldest of the others is that old, in ms; undefined when there are no others
 */
export async function readAbandoned(
  valkey: Valkey,
  afterMs: number,
  unreadable: Unreadable,
): Promise<{ pairs: PendingPair[]; moreInMs: number | undefined }> {
  const [now, entries] = await Promise.all([readClock(valkey), valkey.hvals(keys.pending)]);
  const pairs: PendingPair[] = [];
  let moreInMs: number | undefined;
  for (const json of entries) {
    try {
      const pair = parsePair(json);
      const left = pair.at + afterMs - now;
      if (left <= 0) pairs.push(pair);
      else moreInMs = Math.min(left, moreInMs ?? left);
    } catch (error) {
      unreadable(json, error as Error);
    }
  }
  return { pairs, moreInMs };
}

/** The pair of this room, if it still has to be announced. @throws Error when the entry makes no sense */
export async function readPair(valkey: Valkey, roomId: string): Promise<PendingPair | undefined> {
  const json = await valkey.hget(keys.pending, roomId);
  return json === null ? undefined : parsePair(json);
}

/**
 * Takes pairs out of the queue.
 *
 * @param fence fencing number of the lock under which the pairs were computed
 * @param pairs the players' ids, and the room id for each pair
 * @returns those of whom nobody had left; `fenced` when somebody else has taken the lock since
 */
export async function commit(
  valkey: Valkey,
  fence: number,
  pairs: { roomId: string; p1: string; p2: string }[],
): Promise<PendingPair[] | 'fenced'> {
  const reply = await commitScript.run(
    valkey,
    [keys.queue, keys.tickets, keys.pending, keys.fence, keys.waits],
    fence,
    waitsKept,
    waitsKeptMs,
    ...pairs.flatMap(({ roomId, p1, p2 }) => [roomId, p1, p2]),
  );
  return reply[0] === 'fenced' ? 'fenced' : reply.map(parsePair);
}

/** The pair is announced. */
export async function settle(valkey: Valkey, { roomId, p1, p2 }: PendingPair): Promise<void> {
  await settleScript.run(valkey, [keys.tickets, keys.pending], roomId, p1.id, p2.id);
}

/**
 * The pair cannot play.
 *
 * @param waitOn those of the two who wait on, in their old places
 * @returns false when it was settled, or taken apart, by somebody else
 */
export async function takeApart(valkey: Valkey, pair: PendingPair, waitOn: Role[]): Promise<boolean> {
  const { roomId, p1, p2, since } = pair;
  const done = await takeApartScript.run(
    valkey,
    [keys.tickets, keys.pending, p1.code === undefined ? keys.queue : keys.party(p1.code)],
    roomId,
    p1.id,
    p2.id,
    p1.code === undefined ? 'queue' : 'party',
    ...waitOn.flatMap((role) => [pair[role].id, since[role === 'p1' ? 0 : 1], JSON.stringify(pair[role])]),
  );
  return done === 1;
}
