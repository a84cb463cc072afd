import type { LobbyNews } from '@overcookied/shared/api.ts';
import { Fresh } from '@overcookied/shared/fresh.ts';
import { dueShards, keys } from '@overcookied/shared/keys.ts';
import type { Outlook } from '@overcookied/shared/queue/queue.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

/** How old the news may be, in ms. */
const freshMs = 1_000;
/** A match is shown only while there is at least so much left to see of it, in ms. */
const leastLeftMs = 10_000;
/** So many matches of each set of due times are looked at: some are friends', practice, about to begin or to end. */
const perShard = 3;

const fields = ['mode', 'phase', 'startsAt', 'endsAt', 'p1Name', 'p2Name', 'p1Score', 'p2Score'] as const;

export type LiveMatch = NonNullable<LobbyNews['live']>;

interface LobbyParts {
  valkey: Valkey;
  /** Valkey's. */
  clock: { now(): number };
  outlooks: { read(): Promise<Outlook> };
  /** Whether players are offered a bot, if there is one. */
  offersPractice: boolean;
}

/** What goes on, read once a second for all who ask this gateway, and only while somebody does. */
export class Lobby {
  readonly #parts: LobbyParts;
  readonly #news = new Fresh(() => this.#read(), freshMs);
  /** Shown for as long as it is worth seeing: a page that asks again would show another one each time. */
  #shown: string | undefined;

  constructor(parts: LobbyParts) {
    this.#parts = parts;
  }

  /** @throws Error without Valkey */
  news(): Promise<LobbyNews> {
    return this.#news.read();
  }

  async #read(): Promise<LobbyNews> {
    const { outlooks, offersPractice } = this.#parts;
    const { waiting, practice } = await outlooks.read();
    // Whoever waits had better be played against. A node of a cluster that is away takes no more with it than this.
    const live = waiting === 0 ? await this.#live().catch(() => undefined) : undefined;
    this.#shown = live?.roomId;
    return { waiting, practice: practice && offersPractice, live };
  }

  async #live(): Promise<LiveMatch | undefined> {
    const shown = this.#shown === undefined ? undefined : await this.#look(this.#shown);
    if (shown) return shown;
    const { valkey } = this.#parts;
    // Every running match is due for something: an index that needs no keeping. All calls of one turn share a write a node.
    const shards = Array.from({ length: dueShards }, (_, shard) => keys.due(shard));
    const found = await Promise.all(shards.map((key) => valkey.zrandmember(key, perShard)));
    const rooms = (found as string[][]).flat();
    const live = (await Promise.all(rooms.map((room) => this.#look(room)))).filter((match) => !!match);
    return live[Math.floor(Math.random() * live.length)];
  }

  async #look(roomId: string): Promise<LiveMatch | undefined> {
    const { valkey, clock } = this.#parts;
    const values = await valkey.hmget(keys.game(roomId), ...fields);
    return liveMatch(roomId, Object.fromEntries(fields.map((field, i) => [field, values[i]])), clock.now());
  }
}

/**
 * The match as a lobby shows it; undefined for one that nobody is to be shown, or that is not worth it.
 *
 * @param now ms by Valkey's clock
 */
export function liveMatch(
  roomId: string,
  match: Partial<Record<(typeof fields)[number], string | null>>,
  now: number,
): LiveMatch | undefined {
  const { mode, phase, startsAt, endsAt, p1Name, p2Name, p1Score, p2Score } = match;
  const isOn = phase === 'on' && Number(startsAt) <= now && Number(endsAt) - now >= leastLeftMs;
  // What friends play is theirs, and a bot is nobody to cheer for.
  if (!isOn || mode !== 'ranked') return undefined;
  const [p1, p2] = [p1Name ?? '', p2Name ?? ''];
  return { roomId, p1, p2, p1Score: Number(p1Score), p2Score: Number(p2Score) };
}
