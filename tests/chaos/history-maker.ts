import { check } from './checker.ts';
import type { Connection, Fault, History, ResultEntry, Sitting } from './history.ts';

/** How a match went that `match` makes up; times in ms. */
interface MatchOptions {
  /** 2,000 unless told; it was made a second before. */
  startsAt?: number;
  /** Eight seconds after the start unless told. */
  endedAt?: number;
  reason?: string;
  /** Clicks of both, one every 100 ms from 50 ms after the start on. */
  clicks?: [p1: number, p2: number];
  /** p1 has claimed so many golden cookies, of which one comes every 1,200 ms. */
  claims?: number;
}

const gapMs = 1_200;
const delta = 10;

/**
 * Makes up a history, by default one in which everything went well: two players, by name, in a match that p1 wins. Times
 * are in ms since its beginning.
 */
export class HistoryMaker {
  readonly history: History = {
    seed: 1,
    rules: {
      countdownMs: 1_000,
      matchMs: 8_000,
      graceMs: 4_000,
      goldenGapMs: [1_000, 1_500],
      goldenPoints: 1_000,
    },
    ...{
      names: {},
      from: 0,
      until: 60_000,
      endsAt: 70_000,
      faults: [],
      connections: [],
      sittings: [],
      refusals: [],
      waits: [],
    },
    ...{ games: {}, left: { players: {}, presences: {}, tickets: {}, queue: [], pending: {} } },
  };

  /** What is wrong with it, in the checker's words. */
  get wrong(): string[] {
    return check(this.history).map(({ what }) => what);
  }

  /** The player connects, by the same page unless told. */
  connect(at: number, player: string, { gateway = 'gateway 1', page = 0 } = {}): this {
    const { names, connections } = this.history;
    names[player] = player;
    const before = this.connections(player);
    const closedAt = Number.POSITIVE_INFINITY;
    const number = before.length + 1;
    const own = page || (before.at(-1)?.page ?? 1);
    connections.push({ player, number, page: own, gateway, beganAt: at, openAt: at + 2, closedAt, code: 0 });
    return this;
  }

  close(at: number, player: string, code = 1_006): this {
    Object.assign(this.connections(player).at(-1) as Connection, { closedAt: at, code });
    return this;
  }

  /** The player is told of the match by the latest connection. */
  resume(at: number, player: string, room: string, ack: number): this {
    this.sitting(player, room).starts.push({
      at,
      connection: this.connections(player).length,
      ack,
      resumed: true,
    });
    return this;
  }

  fault(target: string, what: Fault['what'], from: number, until: number): this {
    this.history.faults.push({ target, what, from, until });
    return this;
  }

  /** Both are told by the connections that they have now; it is recorded, and added to their totals. */
  match(room: string, p1: string, p2: string, options: MatchOptions = {}): this {
    const {
      startsAt = 2_000,
      endedAt = startsAt + 8_000,
      reason = '',
      clicks = [20, 10],
      claims = 1,
    } = options;
    const endsAt = startsAt + 8_000;
    const goldenId = Math.max(0, Math.floor((Math.min(endedAt, endsAt) - startsAt - 1) / gapMs));
    const [p1Score, p2Score] = [claims * 1_000 + clicks[0], clicks[1]];
    this.history.games[room] = {
      hash: {
        ...{ p1, p2, mode: 'ranked', phase: 'over', winner: p1, reason },
        ...fields({ startsAt, endsAt, endedAt, p1Score, p2Score, goldenId }),
        ...fields({ p1Ack: clicks[0], p1Counted: clicks[0], p2Ack: clicks[1], p2Counted: clicks[1] }),
        ...fields({ goldenDue: startsAt + (goldenId + 1) * gapMs, p1AwayUntil: 0, p2AwayUntil: 0 }),
      },
      results: {
        [p1]: [
          {
            gameId: room,
            opponent: p2,
            score: p1Score,
            opponentScore: p2Score,
            winnerId: p1,
            ratingDelta: delta,
          },
        ],
        [p2]: [
          {
            gameId: room,
            opponent: p1,
            score: p2Score,
            opponentScore: p1Score,
            winnerId: p1,
            ratingDelta: -delta,
          },
        ],
      },
    };
    for (const [player, role] of [
      [p1, 'p1'],
      [p2, 'p2'],
    ] as const) {
      const connection = this.connections(player).length;
      const made = Array.from(
        { length: role === 'p1' ? clicks[0] : clicks[1] },
        (_, i) => startsAt + 50 + i * 100,
      );
      const over = { at: endedAt + 5, connection, winner: p1, reason, p1Score, p2Score };
      this.history.sittings.push({
        ...{ player, room, role, opponent: role === 'p1' ? p2 : p1, startsAt, endsAt },
        ...{ claims: role === 'p1' ? claims : 0, quitAt: 0, overs: [over] },
        starts: [{ at: startsAt - 990, connection, ack: 0, resumed: false }],
        acks: made.map((at, i) => ({ at: at + 5, connection, ack: i + 1 })),
        pages: made.length ? [{ base: 0, made, on: made.map(() => connection) }] : [],
        spawns: Array.from({ length: goldenId }, (_, i) => ({
          at: startsAt + (i + 1) * gapMs,
          connection,
          id: i + 1,
        })),
      });
      this.#add(player, player === p1, role === 'p1' ? p1Score : p2Score);
    }
    return this;
  }

  connections(player: string): Connection[] {
    return this.history.connections.filter((each) => each.player === player);
  }

  /** The match as Valkey has it, to be changed. @throws Error when there is none */
  hash(room: string): Record<string, string> {
    const hash = this.history.games[room]?.hash;
    if (!hash) throw new Error(`${room} was never played`);
    return hash;
  }

  results(room: string, player: string): ResultEntry[] {
    return this.history.games[room]?.results[player] ?? [];
  }

  /** @throws Error when there is none */
  sitting(player: string, room: string): Sitting {
    const sitting = this.history.sittings.find((each) => each.player === player && each.room === room);
    if (!sitting) throw new Error(`${player} was never in ${room}`);
    return sitting;
  }

  #add(player: string, isWinner: boolean, points: number): void {
    const totals = this.history.left.players[player] ?? { rating: '1500' };
    const add = (field: string, by: number) => {
      totals[field] = String(Number(totals[field] ?? 0) + by);
    };
    add('matches', 1);
    add('points', points);
    add(isWinner ? 'won' : 'lost', 1);
    add('rating', isWinner ? delta : -delta);
    this.history.left.players[player] = totals;
  }
}

const fields = (numbers: Record<string, number>): Record<string, string> =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));

/** Ada and Bo are connected by two gateways, and play R from 2,000 to 10,000 ms: 1,020 to 10 points. */
export const played = (options?: MatchOptions): HistoryMaker =>
  new HistoryMaker()
    .connect(0, 'ada')
    .connect(0, 'bo', { gateway: 'gateway 2' })
    .match('R', 'ada', 'bo', options);
