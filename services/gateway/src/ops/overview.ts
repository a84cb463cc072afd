/** What the operator's page shows, read from Valkey key by key: each part by itself, since not all may be to be had. */
import { readInstances, type SeenInstance } from '@overcookied/shared/instances/instances.ts';
import type { Queue } from '@overcookied/shared/jobs.ts';
import { dueShards, keys } from '@overcookied/shared/keys.ts';
import { readMatch } from '@overcookied/shared/match/match.ts';
import type { MatchState } from '@overcookied/shared/match/state.ts';
import { type Outlook, readOutlook } from '@overcookied/shared/queue/queue.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { within } from '@overcookied/shared/within.ts';

/** What has not come within so many ms is not waited for. */
const readWithinMs = 2_000;
/** So many tickets at most are looked at for what their players wait for. */
const mostTickets = 2_000;
/** So many matches are shown. */
const mostMatches = 8;

/** What was read, or why it was not. */
export type Part<T> = { value: T } | { problem: string };

/** Who waits, and where. */
export interface WaitingView extends Outlook {
  /** How long whoever has waited longest in the common queue has, in ms; undefined when nobody waits. */
  oldestMs: number | undefined;
  /** How long those who waited longer in the latest pairs did, newest first, in ms. */
  latestMs: number[];
  /** Pairs whose match is not announced yet. */
  pending: number;
  /** Players by what they wait for, of the first 2,000 that come to hand. */
  modes: Map<string, number>;
}

export interface MatchesView {
  /** Matches by the set that their due time is in; undefined where it cannot be read. */
  shards: (number | undefined)[];
  /** Matches past their due time. */
  overdue: number;
  /** Some of them. */
  some: MatchState[];
}

export interface JobsView {
  name: string;
  counts: Part<Record<string, number>>;
}

export interface Overview {
  /** By Valkey's clock, in ms. */
  now: number;
  services: Part<SeenInstance[]>;
  waiting: Part<WaitingView>;
  matches: Part<MatchesView>;
  jobs: JobsView[];
}

/** @param now by Valkey's clock, in ms */
export async function readOverview(valkey: Valkey, queues: Queue[], now: number): Promise<Overview> {
  const [services, waiting, matches, jobs] = await Promise.all([
    part(() => readInstances(valkey)),
    part(() => readWaiting(valkey, now)),
    part(() => readMatches(valkey, now)),
    Promise.all(
      queues.map(async (queue) => ({
        name: queue.name,
        counts: await part(() => queue.getJobCounts('waiting', 'active', 'delayed', 'failed')),
      })),
    ),
  ]);
  return { now, services, waiting, matches, jobs };
}

async function part<T>(read: () => Promise<T>): Promise<Part<T>> {
  try {
    return { value: await within(readWithinMs, read) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

async function readWaiting(valkey: Valkey, now: number): Promise<WaitingView> {
  const [outlook, [, since], latest, pending, modes] = await Promise.all([
    readOutlook(valkey),
    valkey.zrange(keys.queue, 0, '0', 'WITHSCORES'),
    valkey.lrange(keys.waits, 0, 9),
    valkey.hlen(keys.pending),
    readModes(valkey),
  ]);
  return {
    ...outlook,
    oldestMs: since === undefined ? undefined : Math.max(0, now - Number(since)),
    latestMs: latest.map(Number),
    pending,
    modes,
  };
}

async function readModes(valkey: Valkey): Promise<Map<string, number>> {
  const modes = new Map<string, number>();
  let cursor = '0';
  let looked = 0;
  do {
    const [next, flat] = await valkey.hscan(keys.tickets, cursor, 'COUNT', 500);
    cursor = next;
    for (let i = 1; i < flat.length; i += 2) {
      const mode = modeOf(flat[i] ?? '');
      modes.set(mode, (modes.get(mode) ?? 0) + 1);
    }
    looked += flat.length / 2;
  } while (cursor !== '0' && looked < mostTickets);
  return modes;
}

/** A mark in the place of a ticket says that its player is in a pair. */
function modeOf(ticket: string): string {
  if (ticket.startsWith('@')) return 'paired';
  try {
    return JSON.parse(ticket).mode ?? 'ranked';
  } catch {
    return 'unreadable';
  }
}

async function readMatches(valkey: Valkey, now: number): Promise<MatchesView> {
  const due = Array.from({ length: dueShards }, (_, shard) => keys.due(shard));
  // A cluster may have lost the node of one, and have the others.
  const each = async <T>(read: (key: string) => Promise<T>) =>
    (await Promise.allSettled(due.map(read))).map((result) =>
      result.status === 'fulfilled' ? result.value : undefined,
    );
  const [shards, overdue, rooms] = await Promise.all([
    each((key) => valkey.zcard(key)),
    each((key) => valkey.zcount(key, '-inf', now)),
    each((key) => valkey.zrange(key, 0, '1')),
  ]);
  // Not one: then it says why.
  if (shards.every((count) => count === undefined)) await valkey.zcard(keys.due(0));
  const roomIds = [0, 1].flatMap((i) => rooms.flatMap((ids) => ids?.[i] ?? []));
  const some = await Promise.allSettled(
    roomIds.slice(0, mostMatches).map((roomId) => readMatch(valkey, roomId)),
  );
  return {
    shards,
    overdue: overdue.reduce((sum: number, count) => sum + (count ?? 0), 0),
    some: some.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : [])),
  };
}
