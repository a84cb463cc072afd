import { Histogram } from './histogram.ts';

/** Counts by name, for instance by error code. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** `too_fast 3, busy 1`, most frequent first. */
  toString(): string {
    const sorted = [...this.#counts].sort(([, a], [, b]) => b - a);
    return sorted.map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
  }
}

/** All that a run measures. Clicks are counted for good when their match is over. Times are in ms. */
export class Stats {
  players = 0;
  inMatch = 0;
  matchesStarted = 0;
  /** Each once, however many of its players are here. */
  matchesFinished = 0;
  /** By players who had to be given up: their end was never told. */
  matchesGivenUp = 0;

  /** As they are made, also in matches that still run. */
  clicksMade = 0;
  /** In matches that are over, like all below. */
  clicksSettled = 0;
  clicksCounted = 0;
  /** Acknowledged, but above the fastest clicking that counts. */
  clicksTooFast = 0;
  /** Never acknowledged, although the player was connected at the end of a match that ran its full time. */
  clicksLost = 0;
  /** Never acknowledged, because the player was cut off at the end or the match ended before its time. */
  clicksUnfinished = 0;
  points = 0;
  goldenSpawned = 0;
  goldenClaimed = 0;

  readonly errors = new Tally();
  /** Connections that broke or were closed by a gateway, by close code. */
  readonly closes = new Tally();
  readonly endReasons = new Tally();
  breaks = 0;
  reconnects = 0;
  violations = 0;

  /** From joining the queue to GAME_START. */
  readonly joining = new Histogram();
  /** From a click to the opponent's OPPONENT_CLICK, both in this process; each click is a value. */
  readonly seeing = new Histogram();
  /** The same since it was last cleared. */
  readonly seeingLately = new Histogram();
  /** How long broken connections were gone. */
  readonly cutOff = new Histogram();

  saw(latencyMs: number): void {
    this.seeing.record(latencyMs);
    this.seeingLately.record(latencyMs);
  }
}
