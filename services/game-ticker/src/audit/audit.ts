/**
 * Proves that every player's totals are the sum of their recorded matches, that the leaderboards say the same, and
 * that both players of a match have it alike. It only reads, a bounded number of players at a time, and may run while
 * the game does.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { HistoryGame } from '@overcookied/shared/api.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { isoWeek, weekMs, weeksKept } from '@overcookied/shared/week.ts';
import { type Board, boardDifference, boardsOf, readBoards } from './boards.ts';
import type { Difference } from './difference.ts';
import { Halves } from './halves.ts';
import { historyDifference } from './history.ts';
import { entryDifference, isDropped, matchDifference } from './matches.ts';
import { type RecordedPlayer, readPlayer } from './recorded-player.ts';
import { playersAtOnce, scan, scanBoard } from './scan.ts';
import { totalsDifference } from './totals.ts';

/** What was looked at, and what came of it. */
export interface Report {
  players: number;
  /** Entries of all histories. */
  entries: number;
  /** Matches that are only in one player's history, since the other's has had to drop it. */
  halfMatches: number;
  boards: string[];
  boardEntries: number;
  /** Differences that are due to a result that waits in the queue: to be looked at again. */
  underWay: number;
  /** The first thing that does not add up. */
  difference: Difference | undefined;
}

interface Options {
  /** Whether the result of this game waits to be recorded, or is being. */
  isUnderWay(gameId: string): Promise<boolean>;
  /**
   * For how long a difference must last that may be due to the game running, in ms. As it stands longer than it takes
   * until a dead ticker's result is recorded by another.
   */
  patienceMs?: number;
  /** So many matches of which one half has been seen are kept in memory, of some 700 bytes each. */
  mostHalves?: number;
}

/** The first of them ends the audit. */
type Differences = AsyncGenerator<Difference, void>;

const pauseMs = 100;
/** So many of a player's latest results are looked for in the queue. */
const latest = 20;
/** A week whose board is about to expire is not looked at any more, in ms. */
const aboutToExpireMs = 60_000;

/** @throws Error when Valkey cannot be reached */
export async function audit(records: Valkey, options: Options): Promise<Report> {
  const run = new Audit(records, options);
  for await (const difference of run.differences()) return { ...run.report, difference };
  return run.report;
}

class Audit {
  readonly report: Report = {
    players: 0,
    entries: 0,
    halfMatches: 0,
    boards: [],
    boardEntries: 0,
    underWay: 0,
    difference: undefined,
  };
  readonly #records: Valkey;
  readonly #options: Required<Options>;
  readonly #halves = new Halves();

  constructor(records: Valkey, options: Options) {
    this.#records = records;
    this.#options = { patienceMs: 12_000, mostHalves: 250_000, ...options };
  }

  async *differences(): Differences {
    for await (const ids of scan(this.#records, keys.player)) yield* this.#players(ids);
    yield* this.#historiesOfNobody();
    yield* this.#boards();
    yield* this.#otherHalves(0);
  }

  get #oldestWeek(): string {
    return isoWeek(Date.now() - weeksKept * weekMs + aboutToExpireMs);
  }

  async *#players(ids: string[]): Differences {
    const players = await Promise.all(ids.map((id) => readPlayer(this.#records, id)));
    for (const player of players) {
      const difference = historyDifference(player) ?? totalsDifference(player, this.#oldestWeek);
      if (difference) yield difference;
      this.report.players++;
      this.report.entries += player.games.length;
    }
    yield* this.#rows(
      players.flatMap(({ id, fields }) => boardsOf(fields, this.#oldestWeek).map((board) => ({ board, id }))),
    );
    for (const player of players) yield* this.#matches(player);
    const { mostHalves } = this.#options;
    if (this.#halves.size > mostHalves) yield* this.#otherHalves(mostHalves / 2);
  }

  async *#historiesOfNobody(): Differences {
    for await (const ids of scan(this.#records, keys.history)) {
      const exists = await Promise.all(ids.map((id) => this.#records.exists(keys.player(id))));
      yield* this.#players(ids.filter((_, i) => !exists[i]));
    }
  }

  /** Nobody else is on a board than those who are to be there. */
  async *#boards(): Differences {
    for (const board of await readBoards(this.#records, this.#oldestWeek)) {
      this.report.boards.push(board.name);
      for await (const ids of scanBoard(this.#records, board.name)) {
        this.report.boardEntries += ids.length;
        yield* this.#rows(ids.map((id) => ({ board, id })));
      }
    }
  }

  async *#rows(rows: { board: Board; id: string }[]): Differences {
    const look = ({ board, id }: (typeof rows)[number]) => boardDifference(this.#records, board, id);
    const differences = await Promise.all(rows.map(look));
    for (const row of rows.filter((_, i) => differences[i])) {
      const gameIds = async () =>
        (await readPlayer(this.#records, row.id)).games.slice(0, latest).map(({ gameId }) => gameId);
      yield* this.#lasting(() => look(row), gameIds);
    }
  }

  /** Those of which the other half has been seen are compared, the others wait for it. */
  async *#matches(player: RecordedPlayer): Differences {
    const others = this.#halves.take(player.id);
    yield* this.#compare(player, others);
    const compared = new Set(others.map(({ gameId }) => gameId));
    for (const game of player.games) if (!compared.has(game.gameId)) this.#halves.add(game);
  }

  /** Reads histories for which halves wait, until only so many halves are left. */
  async *#otherHalves(left: number): Differences {
    while (this.#halves.size > left) {
      const ids = this.#halves.awaited(playersAtOnce);
      const players = await Promise.all(ids.map((id) => readPlayer(this.#records, id)));
      for (const player of players) yield* this.#compare(player, this.#halves.take(player.id));
    }
  }

  /** @param others what the player's opponents have of matches with the player */
  async *#compare(player: RecordedPlayer, others: HistoryGame[]): Differences {
    const games = new Map(player.games.map((game) => [game.gameId, game]));
    const areRight = await Promise.all(
      others.map(async (other) => {
        const game = games.get(other.gameId);
        if (game) return !entryDifference(other, game);
        const isHalf = await isDropped(this.#records, other, player);
        if (isHalf) this.report.halfMatches++;
        return isHalf;
      }),
    );
    for (const other of others.filter((_, i) => !areRight[i]))
      yield* this.#lasting(
        () => matchDifference(this.#records, other),
        async () => [other.gameId],
      );
  }

  /**
   * While the game runs, what is recorded in several places is read at several moments: it is looked at again until
   * there is no difference any more, or patience is over.
   *
   * @param gameIds whose results may be the reason for it, if they are under way
   */
  async *#lasting(
    look: () => Promise<Difference | undefined>,
    gameIds: () => Promise<string[]>,
  ): Differences {
    const deadline = performance.now() + this.#options.patienceMs;
    let difference = await look();
    while (difference && performance.now() < deadline) {
      await sleep(pauseMs);
      difference = await look();
    }
    if (!difference) return;
    const ids = await gameIds();
    const areUnderWay = await Promise.all(ids.map((id) => this.#options.isUnderWay(id)));
    if (areUnderWay.includes(true)) this.report.underWay++;
    else yield difference;
  }
}
