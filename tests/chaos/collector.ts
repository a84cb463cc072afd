import { setTimeout as sleep } from 'node:timers/promises';
import { primaries, type Valkey } from '@overcookied/shared/valkey.ts';
import { type Game, type Left, now, type ResultEntry } from './history.ts';

const matchmaking = 'overcookied:{matchmaking}';
const gameKey = (room: string) => `overcookied:game:{${room}}`;
const historyKey = (player: string) => `overcookied:history:{${player}}`;

/** A match is looked at so long after its end was told, in ms: its result is recorded by then, if nothing failed. */
const firstLookMs = 10_000;
/** And again so often, until there is nothing more to wait for; well before a player's list of 100 has moved on. */
const nextLookMs = 10_000;
/** In the end a result may take so long, in ms: the job of a recorder that died is found again by another. */
const lastResultMs = 25_000;
/** Fields of a match that no rule looks at: a run of hours has many matches. */
const notNeeded =
  /Name$|Picture$|Rating$|Deviation$|Bonus|^bonus|^click|Ms$|^golden(X|Y|Points|Gap)|Doubled$|Conn$/;
const pauseMs = 250;
/** So often it is looked for matches of which nobody was told, in ms: Valkey forgets them after ten minutes. */
const searchEveryMs = 60_000;
const scanCount = 1_000;

interface Due {
  room: string;
  players: [string, string];
  at: number;
}

/** Reads what Valkey has of each match, after its end and before it is forgotten. It has a connection of its own. */
export class Collector {
  readonly games: Record<string, Game> = {};
  readonly #valkey: Valkey;
  readonly #due: Due[] = [];
  readonly #known = new Set<string>();
  #isStopped = false;

  constructor(valkey: Valkey) {
    this.#valkey = valkey;
  }

  /** A match is known of. @param overAt when it is over at the latest if all goes well, in ms */
  add(room: string, players: [string, string], overAt: number): void {
    if (this.#known.has(room)) return;
    this.#known.add(room);
    this.#due.push({ room, players, at: overAt + firstLookMs });
  }

  /** Looks at each match in time until `finish` or `stop`. */
  async collect(): Promise<void> {
    let searchAt = now() + searchEveryMs;
    while (!this.#isStopped) {
      await this.#look(now());
      if (now() > searchAt) {
        searchAt = now() + searchEveryMs;
        // Without Valkey: next time.
        await this.#search([]).catch(() => {});
      }
      await sleep(pauseMs);
    }
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Everything is over: looks at what is left, and again at what is not recorded yet. */
  async finish(players: string[]): Promise<Left> {
    this.#isStopped = true;
    const giveUpAt = now() + lastResultMs;
    await this.#search(players);
    while (this.#due.length > 0 && now() < giveUpAt) {
      await this.#look(Number.POSITIVE_INFINITY);
      await sleep(pauseMs);
    }
    return this.#readLeft(players);
  }

  /** @param until looks at what is due by then */
  async #look(until: number): Promise<void> {
    const due = this.#due.filter(({ at }) => at <= until);
    for (const each of due) {
      try {
        const game = await this.#read(each);
        this.games[each.room] = game;
        if (isComplete(game)) this.#due.splice(this.#due.indexOf(each), 1);
        else each.at = now() + nextLookMs;
      } catch {
        // Valkey is away: later.
        each.at = now() + 1_000;
      }
    }
  }

  async #read({ room, players }: Due): Promise<Game> {
    const [hash, ...lists] = await Promise.all([
      this.#valkey.hgetall(gameKey(room)),
      ...players.map((player) => this.#valkey.lrange(historyKey(player), 0, '-1')),
    ]);
    const about = (list: string[]) =>
      list
        .filter((json) => json.includes(room))
        .map((json) => JSON.parse(json) as ResultEntry)
        .filter(({ gameId }) => gameId === room)
        .map(({ gameId, opponent, score, opponentScore, winnerId, ratingDelta }) => ({
          ...{ gameId, opponent, score, opponentScore, winnerId },
          ...(ratingDelta !== undefined && { ratingDelta }),
        }));
    const results = Object.fromEntries(players.map((player, i) => [player, about(lists[i] ?? [])]));
    const kept = Object.entries(hash).filter(([field]) => !notNeeded.test(field));
    return { hash: hash.phase ? Object.fromEntries(kept) : undefined, results };
  }

  /**
   * Adds matches of which nobody was told, but which there are or were.
   *
   * @param players in whose lists to look, besides the matches themselves
   */
  async #search(players: string[]): Promise<void> {
    const found = new Map<string, [string, string]>();
    for (const node of primaries(this.#valkey)) {
      for await (const keys of node.scanStream({ match: gameKey('*'), count: scanCount })) {
        for (const key of keys as string[]) {
          const room = key.slice(gameKey('').length - 1, -1);
          const [p1, p2] = await this.#valkey.hmget(key, 'p1', 'p2');
          if (!this.#known.has(room) && p1 && p2) found.set(room, [p1, p2]);
        }
      }
    }
    for (const player of players) {
      for (const json of await this.#valkey.lrange(historyKey(player), 0, '-1')) {
        const { gameId, opponent } = JSON.parse(json) as ResultEntry;
        if (!this.#known.has(gameId)) found.set(gameId, [player, opponent]);
      }
    }
    for (const [room, both] of found) this.add(room, both, now());
  }

  async #readLeft(players: string[]): Promise<Left> {
    const hashes = async (prefix: string) =>
      Object.fromEntries(
        await Promise.all(
          players.map(
            async (player) => [player, await this.#valkey.hgetall(`${prefix}{${player}}`)] as const,
          ),
        ),
      );
    const [totals, presences, tickets, queue, pending] = await Promise.all([
      hashes('overcookied:player:'),
      hashes('overcookied:presence:'),
      this.#valkey.hgetall(`${matchmaking}:tickets`),
      this.#valkey.zrange(`${matchmaking}:queue`, 0, '-1'),
      this.#valkey.hgetall(`${matchmaking}:pending`),
    ]);
    return { players: totals, presences, tickets, queue, pending };
  }
}

/** Whether there is nothing more to wait for. */
function isComplete({ hash, results }: Game): boolean {
  return hash?.phase === 'over' && Object.values(results).every((entries) => entries.length > 0);
}
