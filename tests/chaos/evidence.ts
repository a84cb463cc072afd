import type { Connection, Game, History, Interval, Sitting } from './history.ts';

type Hash = Record<string, string>;

/**
 * So long after a fault of a gateway, of its links or of Valkey is made good, in ms, the gateway may still be busy with
 * it: it finds Valkey again within a second, subscribes and reads anew, and the machine has two busy cores.
 */
export const recoveryMs = 2_500;

/** A match that is over, and both players' parts in it. */
export interface Played {
  room: string;
  hash: Hash;
  results: Game['results'];
  sittings: Sitting[];
  startsAt: number;
  endsAt: number;
  endedAt: number;
}

/** A history, sorted out so that rules can ask it. */
export class Evidence {
  readonly history: History;
  /** Matches that are over, as Valkey has them. */
  readonly played: Played[];
  readonly #sittings: Map<string, Sitting[]>;
  readonly #connections: Map<string, Connection[]>;
  /** By player and connection: every `GAME_START` told on it. */
  readonly #starts = new Map<string, { room: string; at: number }[]>();
  /** By gateway: when it was, or may have been, disturbed; in order and without overlaps. */
  readonly #disturbances = new Map<string, Interval[]>();
  /** When Valkey was out, or the whole machine was too busy; in order and without overlaps. */
  readonly #outages: Interval[];

  constructor(history: History) {
    this.history = history;
    this.#sittings = Map.groupBy(history.sittings, ({ room }) => room);
    this.#connections = Map.groupBy(history.connections, ({ player }) => player);
    for (const { player, room, starts } of history.sittings) {
      for (const { connection, at } of starts) {
        const key = `${player} ${connection}`;
        this.#starts.set(key, [...(this.#starts.get(key) ?? []), { room, at }]);
      }
    }
    const outages = history.faults.filter(({ target }) => target === 'valkey' || target === 'machine');
    this.#outages = joined(outages);
    for (const gateway of new Set(history.connections.map((each) => each.gateway))) {
      const own = history.faults.filter(({ target }) => target === gateway);
      const felt = [...outages, ...own].map(({ from, until }) => ({ from, until: until + recoveryMs }));
      this.#disturbances.set(gateway, joined(felt));
    }
    this.played = Object.entries(history.games).flatMap(([room, { hash, results }]) => {
      if (hash?.phase !== 'over') return [];
      const [startsAt, endsAt, endedAt] = [Number(hash.startsAt), Number(hash.endsAt), Number(hash.endedAt)];
      return [{ room, hash, results, sittings: this.sittingsIn(room), startsAt, endsAt, endedAt }];
    });
  }

  /** For how long the machine was too busy to judge anything that must happen soon, in ms. */
  get busyMs(): number {
    const lengthOf = (...targets: string[]) =>
      joined(this.history.faults.filter(({ target }) => targets.includes(target))).reduce(
        (sum, { from, until }) => sum + until - from,
        0,
      );
    // A Valkey that is out does not answer, which says nothing of the machine.
    return lengthOf('machine', 'valkey') - lengthOf('valkey');
  }

  /** Of the players who were told of it. */
  sittingsIn(room: string): Sitting[] {
    return this.#sittings.get(room) ?? [];
  }

  /** In the order in which they were begun. */
  connectionsOf(player: string): Connection[] {
    return this.#connections.get(player) ?? [];
  }

  connection(player: string, number: number): Connection | undefined {
    return this.connectionsOf(player)[number - 1];
  }

  /** The rooms of which a player was told on a connection, and when. */
  startsOn(player: string, number: number): { room: string; at: number }[] {
    return this.#starts.get(`${player} ${number}`) ?? [];
  }

  /** For how many ms Valkey was out between these moments. */
  outageWithin(from: number, until: number): number {
    return this.#outages.reduce((sum, each) => sum + overlap(each, { from, until }), 0);
  }

  /** Whether nothing was wrong with a gateway, its links and Valkey, and had not just been, all the time. */
  isCalm(gateway: string, from: number, until: number): boolean {
    return !(this.#disturbances.get(gateway) ?? []).some((each) => each.from <= until && each.until >= from);
  }

  /** The first moment by which the gateway has been undisturbed for so many ms without a break since `from`. */
  calmBy(gateway: string, from: number, ms: number): number {
    let since = from;
    for (const each of this.#disturbances.get(gateway) ?? []) {
      if (each.from > since + ms) break;
      since = Math.max(since, each.until);
    }
    return since + ms;
  }
}

const overlap = (one: Interval, other: Interval): number =>
  Math.max(0, Math.min(one.until, other.until) - Math.max(one.from, other.from));

/** The same moments, in order and without overlaps. */
function joined(intervals: Interval[]): Interval[] {
  const all: Interval[] = [];
  for (const { from, until } of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else all.push({ from, until });
  }
  return all;
}

/** When clicks stop counting: when the match ended, or was due to if nobody said so yet. */
export const endOf = ({ endsAt, endedAt }: Played): number => Math.min(endsAt, endedAt);
