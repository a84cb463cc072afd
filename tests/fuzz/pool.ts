import fc from 'fast-check';
import { type TargetName, targets } from './targets.ts';
import type { World } from './world.ts';

/** One case, and how to make it again. */
export interface Job {
  target: TargetName;
  seed: number;
  /** Which of its seed's values it is, as fast-check counts them. */
  index: number;
  value: unknown;
}

export interface Failure {
  job: Job;
  error: Error;
}

/** All cases that a seed leads to, without end. @param only one target, instead of all in turn */
export function* jobs(seed: number, only?: TargetName): Generator<Job> {
  const names = Object.keys(targets).filter((name) => !only || name === only) as TargetName[];
  for (let round = 0; ; round++) {
    // Few at a time: while they are made nothing else is done.
    const all = names.flatMap((name, i) => {
      const roundSeed = (seed + Math.imul(round * names.length + i, 0x9e3779b1)) | 0;
      const { arbitrary, share } = targets[name];
      return fc
        .sample(arbitrary, { seed: roundSeed, numRuns: share })
        .map((value, index): Job => ({ target: name, seed: roundSeed, index, value }));
    });
    yield* all;
  }
}

/** What came of many cases. */
export interface Outcome {
  /** The first that failed. */
  failure: Failure | undefined;
  /** The latest that began, newest first: one of them it was, if a process has ended. */
  latest: Job[];
}

/** Runs cases, many at once, until one fails. @param goOn whether another one is to begin */
export async function runAll(
  world: World,
  source: Iterator<Job, void>,
  atOnce: number,
  goOn: () => boolean,
): Promise<Outcome> {
  const outcome: Outcome = { failure: undefined, latest: [] };
  const work = async () => {
    while (!outcome.failure && goOn()) {
      const { value: job } = source.next();
      if (!job) return;
      outcome.latest = [job, ...outcome.latest.slice(0, 2 * atOnce)];
      try {
        await targets[job.target].run(world, job.value);
      } catch (error) {
        outcome.failure ??= { job, error: error as Error };
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return outcome;
}
