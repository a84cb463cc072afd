/**
 * Proves that every player's totals are the sum of their recorded matches, that the leaderboards say the same, and
 * that both players of a match have it alike. It only reads, a bounded number of players at a time, and may run while
 * the game does.
 */
import { keys } from '@overcookied/shared/keys.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { isoWeek, weekMs, weeksKept } from '@overcookied/shared/week.ts';
import {
  type Board,
  boardDifference,
  boardEntries,
  boardsOf,
  isSame,
  readBoards,
  readScores,
  scan,
} from './boards.ts';
import type { Difference } from './difference.ts';
import { Halves } from './halves.ts';
import { historyDifference } from './history.ts';
import { type Half, halfOf, matchDifference, otherHalf } from './matches.ts';
import { lasting } from './patience.ts';
import { provenanceOf, type RecordedPlayer, readPlayer } from './recorded-player.ts';
import { totalsDifference } from './totals.ts';

/** What was looked at, and what came of it. */
export interface Report {
  players: number;
  /** Players of whom an older version recorded more than is listed: nothing can be proven of their totals. */
  unknown: number;
  /** Players of whom what an older version recorded was taken from their totals. */
  adopted: number;
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
  /** For how long a difference that may be due to the game running must last, in ms. */
  patienceMs?: number;
  /** So many halves of matches are kept in memory. */
  mostHalves?: number;
}

/** Longer than it takes until a dead ticker's result is recorded by another. */
const defaultPatienceMs = 12_000;
const playersAtOnce = 250;
const entriesAtOnce = 1_000;
/** So many of a player's latest results are looked for in the queue. */
const latest = 20;
/** A week whose board is about to expire is not looked at any more, in ms. */
const aboutToExpireMs = 60_000;

/** @throws Error when Valkey cannot be reached */
export async function audit(records: Valkey, options: Options): Promise<Report> {
  const run = new Audit(records, options);
  await run.all();
  return run.report;
}

class Audit {
  readonly report: Report = {
    players: 0,
    unknown: 0,
    adopted: 0,
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
    this.#options = { patienceMs: defaultPatienceMs, mostHalves: 500_000, ...options };
  }

  get #oldestWeek(): string {
    return isoWeek(Date.now() - weeksKept * weekMs + aboutToExpireMs);
  }

  /** Until the first difference. */
  async all(): Promise<void> {
    this.report.difference =
      (await this.#players()) ??
      (await this.#historiesWithoutPlayer()) ??
      (await this.#boards()) ??
      (await this.#otherHalves(this.#halves.waiting));
  }

  async #players(): Promise<Difference | undefined> {
    const idOf = idFrom(keys.player);
    for await (const found of scan(this.#records, keys.player('*'))) {
      for (let i = 0; i < found.length; i += playersAtOnce) {
        const ids = found.slice(i, i + playersAtOnce).map(idOf);
        const difference = await this.#somePlayers(ids);
        if (difference) return difference;
      }
    }
    return undefined;
  }

  async #somePlayers(ids: string[]): Promise<Difference | undefined> {
    const players = await Promise.all(ids.map((id) => readPlayer(this.#records, id)));
    for (const player of players) {
      const difference = historyDifference(player) ?? totalsDifference(player, this.#oldestWeek);
      if (difference) return difference;
      this.#count(player);
    }
    return (await this.#ownBoards(players)) ?? (await this.#bringTogether(players));
  }

  #count(player: RecordedPlayer): void {
    this.report.players++;
    this.report.entries += player.games.length;
    const provenance = provenanceOf(player);
    if (provenance !== 'whole') this.report[provenance]++;
  }

  /** Whether they are on every board that they are to be on. */
  async #ownBoards(players: RecordedPlayer[]): Promise<Difference | undefined> {
    const rows = await Promise.all(
      players.map(async ({ id, fields }) => {
        const boards = boardsOf(fields, this.#oldestWeek);
        const scores = await readScores(this.#records, boards, id);
        return boards
          .filter(({ field }, i) => !isSame(scores[i], fields.get(field)))
          .map((board) => ({ board, id }));
      }),
    );
    for (const { board, id } of rows.flat()) {
      const difference = await this.#lastingOnBoard(board, id);
      if (difference) return difference;
    }
    return undefined;
  }

  async #bringTogether(players: RecordedPlayer[]): Promise<Difference | undefined> {
    const halves = players.flatMap(({ id, games }) =>
      games.flatMap((game) => (game ? halfOf(game, id) : [])),
    );
    for (const each of halves) {
      for (const half of this.#halves.add(each)) {
        const difference = await this.#lastingOfMatch(half);
        if (difference) return difference;
      }
    }
    if (this.#halves.waiting < this.#options.mostHalves) return undefined;
    return this.#otherHalves(Math.ceil(this.#options.mostHalves / 2));
  }

  /** A history is somebody's. */
  async #historiesWithoutPlayer(): Promise<Difference | undefined> {
    const idOf = idFrom(keys.history);
    for await (const found of scan(this.#records, keys.history('*'))) {
      const ids = found.map(idOf);
      const there = await Promise.all(ids.map((id) => this.#records.exists(keys.player(id))));
      for (const [i, id] of ids.entries()) {
        const player = there[i] ? undefined : await readPlayer(this.#records, id);
        const difference = player && totalsDifference(player, this.#oldestWeek);
        if (difference) return difference;
      }
    }
    return undefined;
  }

  /** Whether nobody is on a board who is not to be there. */
  async #boards(): Promise<Difference | undefined> {
    for (const board of await readBoards(this.#records, this.#oldestWeek)) {
      this.report.boards.push(board.name);
      for await (const entries of boardEntries(this.#records, board, entriesAtOnce)) {
        const totals = await Promise.all(
          entries.map(([id]) => this.#records.hget(keys.player(id), board.field)),
        );
        this.report.boardEntries += entries.length;
        for (const [i, [id, score]] of entries.entries()) {
          const difference = isSame(score, totals[i]) ? undefined : await this.#lastingOnBoard(board, id);
          if (difference) return difference;
        }
      }
    }
    return undefined;
  }

  /** Asks those for the other half of a match of whom it has not come. */
  async #otherHalves(most: number): Promise<Difference | undefined> {
    const groups = [...this.#halves.take(most)];
    for (let i = 0; i < groups.length; i += playersAtOnce) {
      const outcomes = await Promise.all(
        groups.slice(i, i + playersAtOnce).map(async ([id, halves]) => {
          const opponent = await readPlayer(this.#records, id);
          return Promise.all(
            halves.map(async (half) => ({ half, other: await otherHalf(this.#records, half, opponent) })),
          );
        }),
      );
      for (const { half, other } of outcomes.flat()) {
        if (other === 'gone') this.report.halfMatches++;
        else if (other !== 'same') {
          const difference = await this.#lastingOfMatch(half);
          if (difference) return difference;
        }
      }
    }
    return undefined;
  }

  async #lastingOnBoard(board: Board, id: string): Promise<Difference | undefined> {
    const look = () => boardDifference(this.#records, board, id);
    const difference = await lasting(look, this.#options.patienceMs);
    if (!difference) return undefined;
    const { games } = await readPlayer(this.#records, id);
    return this.#unlessUnderWay(
      difference,
      games.slice(0, latest).flatMap((game) => game?.gameId ?? []),
    );
  }

  async #lastingOfMatch(half: Half): Promise<Difference | undefined> {
    const look = () => matchDifference(this.#records, half);
    const difference = await lasting(look, this.#options.patienceMs);
    return difference && this.#unlessUnderWay(difference, [half.gameId]);
  }

  async #unlessUnderWay(difference: Difference, gameIds: string[]): Promise<Difference | undefined> {
    const underWay = await Promise.all(gameIds.map((gameId) => this.#options.isUnderWay(gameId)));
    if (!underWay.includes(true)) return difference;
    this.report.underWay++;
    return undefined;
  }
}

/** The id in a key of this kind. */
function idFrom(keyOf: (id: string) => string): (key: string) => string {
  const [before = '', after = ''] = keyOf('*').split('*');
  return (key) => key.slice(before.length, key.length - after.length);
}
