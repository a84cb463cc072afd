/** The queue as a matchmaker sees it: who waits, and the one way to take a pair out. */
import { keys } from '@overcookied/shared/keys.ts';
import { Ticket } from '@overcookied/shared/queue/queue.ts';
import { Script } from '@overcookied/shared/script.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import * as z from 'zod/mini';
import type { Pair, Waiting } from './pairing.ts';

/** Two players taken out of the queue whose match is not announced yet. */
export const PendingPair = z.object({
  roomId: z.string(),
  p1: Ticket,
  p2: Ticket,
  /** When each joined the queue, in ms. */
  since: z.tuple([z.number(), z.number()]),
});
export type PendingPair = z.infer<typeof PendingPair>;

const commitScript = new Script<string[]>('pool_commit', [new URL('commit.lua', import.meta.url)], 4);
const settleScript = new Script<null>('pool_settle', [new URL('settle.lua', import.meta.url)], 3);

const parsePair = (json: string): PendingPair => PendingPair.parse(JSON.parse(json));

/** The `limit` players who have waited longest. */
export async function readWaiting(valkey: Valkey, limit: number): Promise<Waiting[]> {
  const flat = await valkey.zrange(keys.queue, 0, String(limit - 1), 'WITHSCORES');
  const waiting: Waiting[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2)
    waiting.push({ id: flat[i] ?? '', since: Number(flat[i + 1]) });
  return waiting;
}

/**
 * Pairs taken out by a matchmaker that did not come to announce them.
 *
 * @param unreadable is told of each that makes no sense, for instance because a newer version wrote it: it is left
 *   where it is, and keeps nobody else from being paired
 */
export async function readPending(
  valkey: Valkey,
  unreadable: (json: string, error: Error) => void,
): Promise<PendingPair[]> {
  const pairs: PendingPair[] = [];
  for (const json of await valkey.hvals(keys.pending)) {
    try {
      pairs.push(parsePair(json));
    } catch (error) {
      unreadable(json, error as Error);
    }
  }
  return pairs;
}

/**
 * Takes pairs out of the queue.
 *
 * @param fence fencing number of the lock under which the pairs were computed
 * @returns those of whom nobody had left; none when somebody else has taken the lock since
 */
export async function commit(
  valkey: Valkey,
  fence: number,
  pairs: { roomId: string; pair: Pair }[],
): Promise<PendingPair[]> {
  const reply = await commitScript.run(
    valkey,
    [keys.queue, keys.tickets, keys.pending, keys.fence],
    fence,
    ...pairs.flatMap(({ roomId, pair }) => [roomId, ...pair]),
  );
  return reply[0] === 'fenced' ? [] : reply.map(parsePair);
}

/** The pair is done with; `requeue` are those of the two who wait on, in their old places. */
export async function settle(
  valkey: Valkey,
  pair: PendingPair,
  requeue: ('p1' | 'p2')[] = [],
): Promise<void> {
  await settleScript.run(
    valkey,
    [keys.queue, keys.tickets, keys.pending],
    pair.roomId,
    pair.p1.id,
    pair.p2.id,
    ...requeue.flatMap((role) => [
      pair[role].id,
      pair.since[role === 'p1' ? 0 : 1],
      JSON.stringify(pair[role]),
    ]),
  );
}
