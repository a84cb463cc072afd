import type { History, HistoryEvent } from './history.ts';

type Game = Record<string, string>;

/** How a match went that `match` makes up; times in ms. */
interface MatchOptions {
  /** When both are told that it is over, and when it is. */
  overAt?: number;
  mode?: string;
  /** Who is told of it, and of its end. */
  told?: string[];
}

/** Makes up a history, by default one in which everything went well. Times are in ms since its beginning. */
export class HistoryMaker {
  readonly events: HistoryEvent[] = [];
  readonly records: History['records'] = {
    games: {},
    results: {},
    players: {},
    presences: {},
    tickets: {},
    queue: [],
    pending: {},
  };
  readonly #connections = new Map<string, number>();

  /** When the records were read. */
  endsAt = 60_000;

  /** These players connect at once. */
  connect(at: number, ...players: string[]): this {
    for (const player of players) {
      const connection = (this.#connections.get(player) ?? 0) + 1;
      this.#connections.set(player, connection);
      this.events.push({ at, kind: 'connect', player, connection, gateway: 'g' });
      this.events.push({ at: at + 1, kind: 'open', player, connection });
    }
    return this;
  }

  close(at: number, player: string): this {
    this.events.push({ at, kind: 'closed', player, connection: this.#connectionOf(player), code: 1006 });
    return this;
  }

  send(at: number, player: string, type: string, payload: object = {}): this {
    const connection = this.#connectionOf(player);
    this.events.push({ at, kind: 'sent', player, connection, type, payload });
    return this;
  }

  tell(at: number, player: string, type: string, payload: object = {}): this {
    const connection = this.#connectionOf(player);
    this.events.push({ at, kind: 'told', player, connection, type, payload });
    return this;
  }

  /** What stands in the hash of tickets. */
  ticket(at: number, player: string, ticket: string): this {
    this.events.push({ at, kind: 'ticket', player, ticket });
    return this;
  }

  fault(at: number, what: 'killed' | 'ready' | 'stopped' | 'continued', service = 'matchmaker 1'): this {
    this.events.push({ at, kind: 'fault', what, service });
    return this;
  }

  /** A match of p1 and p2, which p1 wins by 5 to 3: told at once, ended and recorded. */
  match(at: number, room: string, p1: string, p2: string, options: MatchOptions = {}): this {
    const { overAt = at + 900, mode = 'ranked', told = [p1, p2] } = options;
    const start = { roomId: room, mode, resumed: false };
    const over = { winner: p1, p1Score: 5, p2Score: 3, ratingDelta: 10 };
    for (const player of told) {
      const side = player === p1 ? { role: 'p1', opponent: p2 } : { role: 'p2', opponent: p1 };
      this.tell(at, player, 'GAME_START', { ...start, ...side });
      this.tell(overAt, player, 'GAME_OVER', { ...over });
    }
    this.records.games[room] = {
      ...{ p1, p2, mode, phase: 'over', winner: p1, p1Score: '5', p2Score: '3', countdownMs: '100' },
      ...{ startsAt: String(at + 100), endedAt: String(overAt) },
    };
    const entry = { gameId: room, winnerId: p1 };
    this.#record(p1, { ...entry, opponent: p2, score: 5, opponentScore: 3, ratingDelta: 10 });
    this.#record(p2, { ...entry, opponent: p1, score: 3, opponentScore: 5, ratingDelta: -10 });
    return this;
  }

  /** The match as Valkey has it, to be changed. @throws Error when there is none */
  game(room: string): Game {
    const game = this.records.games[room];
    if (!game) throw new Error(`${room} was never played`);
    return game;
  }

  get history(): History {
    const { records, endsAt } = this;
    return { events: this.events.toSorted((a, b) => a.at - b.at), records, endsAt };
  }

  #record(player: string, entry: History['records']['results'][string][number]): void {
    const list = [entry, ...(this.records.results[player] ?? [])];
    this.records.results[player] = list;
    const sum = (of: (each: typeof entry) => number) => String(list.reduce((all, each) => all + of(each), 0));
    this.records.players[player] = {
      matches: String(list.length),
      points: sum(({ score }) => score),
      rating: String(1_500 + Number(sum(({ ratingDelta = 0 }) => ratingDelta))),
    };
  }

  #connectionOf(player: string): number {
    return this.#connections.get(player) ?? 0;
  }
}
