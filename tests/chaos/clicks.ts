import type { Played } from './evidence.ts';
import type { RunRules, Sitting } from './history.ts';

/** One player's clicks and claims in a match, as its hash has them. */
export interface Tally {
  /** Points of the score that are clicks, and claims in it. */
  clicks: number;
  claims: number;
  /** Clicks that the hash says to be counted. */
  counted: number;
  /** Highest number dealt with, and how many below it are still missing. */
  ack: number;
  missing: number;
  isMissing: (number: number) => boolean;
}

/** Reads the score back: a claim is worth more than all clicks of a match. */
export function tallyOf({ hash }: Played, role: 'p1' | 'p2', { goldenPoints }: RunRules): Tally {
  const score = Number(hash[`${role}Score`]);
  const holes = [...(hash[`${role}Holes`] ?? '').matchAll(/(\d+)-(\d+)/g)].map(([, from, to]) => ({
    from: Number(from),
    to: Number(to),
  }));
  return {
    clicks: score % goldenPoints,
    claims: Math.floor(score / goldenPoints),
    counted: Number(hash[`${role}Counted`] ?? 0),
    ack: Number(hash[`${role}Ack`] ?? 0),
    missing: holes.reduce((sum, { from, to }) => sum + to - from + 1, 0),
    isMissing: (number) => holes.some(({ from, to }) => number >= from && number <= to),
  };
}

/** Whether the player's clicks have numbers. One who made none has none to speak of. */
export const isNumbered = ({ pages }: Sitting): boolean => pages.every(({ base }) => base >= 0);

/** A click with its number, when it was made and on which connection (0: none was there). */
export interface NumberedClick {
  number: number;
  at: number;
  connection: number;
}

/** All clicks that a player's pages made. Two pages may have made one of the same number: both are there. */
export function* clicksOf({ pages }: Sitting): Generator<NumberedClick> {
  for (const { base, made, on } of pages) {
    for (let i = 0; i < made.length; i++) {
      yield { number: base + i + 1, at: made[i] ?? 0, connection: on[i] ?? 0 };
    }
  }
}
