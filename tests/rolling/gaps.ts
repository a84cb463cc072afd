import { Evidence } from '../chaos/evidence.ts';
import type { History, Interval } from '../chaos/history.ts';

/** A while in which a player had no socket. */
export interface Gap extends Interval {
  player: string;
  /** Of the close. */
  code: number;
  /** How long it was, without what the machine was too busy to run anything, in ms. */
  ms: number;
}

/** Every while between the close of a player's connection, which they had not asked for, and the next that opened. */
export function gapsIn(history: History): Gap[] {
  const evidence = new Evidence(history);
  return Object.keys(history.names).flatMap((player) => {
    const opened = evidence.connectionsOf(player).filter(({ openAt }) => openAt > 0);
    // In the end everybody goes.
    const closed = opened.filter(({ code, closedAt }) => code > 0 && closedAt < history.until);
    return closed.map((connection) => {
      const next = opened.find(({ number }) => number > connection.number);
      const from = connection.closedAt;
      const until = next?.openAt ?? history.endsAt;
      const ms = until - from - evidence.outageWithin(from, until);
      return { player, code: connection.code, from, until, ms };
    });
  });
}

/** The value below which this share of all is. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
