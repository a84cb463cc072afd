import type { ContenderName } from '../contenders/contender.ts';

/** What was measured of each contender, round by round; null where it failed. */
export type Rounds<T> = Partial<Record<ContenderName, (T | null)[]>>;

interface TurnsOptions {
  names: readonly ContenderName[];
  rounds: number;
  /** Is told which contender failed in which round, and how. */
  failed(name: ContenderName, round: number, error: Error): void;
}

type Turns = <T>(
  options: TurnsOptions,
  work: (name: ContenderName, round: number) => Promise<T>,
) => Promise<Rounds<T>>;

/**
 * Has the contenders take turns, A B C A B C …, so that what the machine does meanwhile happens to all of them. One that
 * fails gets its turn again in the next round. Rounds are numbered from 1 on.
 */
export const inTurn: Turns = async ({ names, rounds, failed }, work) => {
  const results: Rounds<Awaited<ReturnType<typeof work>>> = {};
  for (let round = 1; round <= rounds; round++) {
    for (const name of names) await take(results, name, round, work, failed);
  }
  return results;
};

/** Has all contenders work at the same time, round by round: for what is counted, and does not depend on the time. */
export const atOnce: Turns = async ({ names, rounds, failed }, work) => {
  const results: Rounds<Awaited<ReturnType<typeof work>>> = {};
  for (let round = 1; round <= rounds; round++)
    await Promise.all(names.map((name) => take(results, name, round, work, failed)));
  return results;
};

async function take<T>(
  results: Rounds<T>,
  name: ContenderName,
  round: number,
  work: (name: ContenderName, round: number) => Promise<T>,
  failed: TurnsOptions['failed'],
): Promise<void> {
  const result = await work(name, round).catch((error: Error) => {
    failed(name, round, error);
    return null;
  });
  results[name] = [...(results[name] ?? []), result];
}

/** The rounds that did not fail. */
export const succeeded = <T>(rounds: readonly (T | null)[] = []): T[] =>
  rounds.filter((round) => round !== null);

/** Those rounds that neither side failed in, as two lists of the same length. */
export function paired<T>(
  rounds: readonly (T | null)[] = [],
  floor: readonly (T | null)[] = [],
): { own: T[]; floor: T[] } {
  const pairs = rounds.flatMap((own, i) => {
    const beside = floor[i] ?? null;
    return own === null || beside === null ? [] : [{ own, beside }];
  });
  return { own: pairs.map(({ own }) => own), floor: pairs.map(({ beside }) => beside) };
}
