import type { ContenderName } from '../contenders/contender.ts';

/** What was measured of each contender, round by round; null where it failed. */
export type Rounds<T> = Partial<Record<ContenderName, (T | null)[]>>;

interface TurnsOptions {
  names: readonly ContenderName[];
  rounds: number;
  /** Is told which contender failed in which round, and how. */
  failed(name: ContenderName, round: number, error: Error): void;
}

/**
 * Has the contenders take turns, A B C A B C …, so that what the machine does meanwhile happens to all of them. One that
 * fails gets its turn again in the next round.
 *
 * @param work is told the round, from 1 on
 */
export async function inTurn<T>(
  { names, rounds, failed }: TurnsOptions,
  work: (name: ContenderName, round: number) => Promise<T>,
): Promise<Rounds<T>> {
  const results: Rounds<T> = {};
  for (let round = 1; round <= rounds; round++) {
    for (const name of names) {
      const result = await work(name, round).catch((error: Error) => {
        failed(name, round, error);
        return null;
      });
      results[name] = [...(results[name] ?? []), result];
    }
  }
  return results;
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
