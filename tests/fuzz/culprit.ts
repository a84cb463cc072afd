import fc from 'fast-check';
import type { Job, Outcome } from './pool.ts';
import type { Stage } from './stage.ts';
import { targets } from './targets.ts';
import { Violation } from './violation.ts';
import type { Counts } from './world.ts';

/** A case that is to pass does so much sooner, and shrinking tries hundreds. */
const withinMs = 10_000;

/** Where cases run alone: on one stage, and on a fresh one after a case that has ended a service. */
export class Scene {
  readonly #start: () => Promise<Stage>;
  #stage: Stage | undefined;

  constructor(start: () => Promise<Stage>) {
    this.#start = start;
  }

  /** Runs one case alone. @throws Violation */
  async run(target: Job['target'], value: unknown, count: Counts): Promise<void> {
    if (this.#stage?.isDead) await this.stop();
    this.#stage ??= await this.#start();
    this.#stage.troubles.length = 0;
    try {
      await targets[target].run(this.#stage.world(count, withinMs), value);
    } finally {
      await this.#stage.settle();
      // What a service says of itself tells more than what a client made of it.
      const [trouble] = this.#stage.troubles;
      // biome-ignore lint/correctness/noUnsafeFinally: it is meant to take the other's place
      if (trouble) throw new Violation(`a service ${trouble}`);
    }
  }

  async stop(): Promise<void> {
    await this.#stage?.stop();
    this.#stage = undefined;
  }
}

/**
 * Finds the case that breaks the system by itself, and makes it as small as it goes.
 *
 * @param limitMs how long that may take
 * @returns what there is to say about it, and how to see it again
 */
export async function findCulprit(
  scene: Scene,
  { failure, latest }: Outcome,
  count: Counts,
  limitMs: number,
): Promise<string> {
  const deadline = performance.now() + limitMs;
  for (const job of failure ? [failure.job, ...latest] : latest) {
    if (performance.now() > deadline) break;
    try {
      await scene.run(job.target, job.value, count);
    } catch {
      return shrink(scene, job, count, Math.max(1_000, deadline - performance.now()));
    }
  }
  return `no case does it alone; the one that failed among others: ${failure ? replayOf(failure.job) : 'none'}`;
}

/** Runs one case again, by the word of an earlier report. @returns what is wrong; undefined when it passes */
export async function replay(
  scene: Scene,
  { target, seed, path }: { target: Job['target']; seed: number; path: string },
  count: Counts,
): Promise<string | undefined> {
  const details = await fc.check(property(scene, target, count), {
    seed,
    path,
    numRuns: 1,
    includeErrorInReport: true,
    endOnFailure: true,
  });
  return details.failed ? fc.defaultReportMessage(details) : undefined;
}

async function shrink(
  scene: Scene,
  { target, seed, index }: Job,
  count: Counts,
  limitMs: number,
): Promise<string> {
  const details = await fc.check(property(scene, target, count), {
    seed,
    path: String(index),
    numRuns: 1,
    includeErrorInReport: true,
    interruptAfterTimeLimit: limitMs,
  });
  if (!details.counterexample)
    return `it failed once, but not again in time: ${replayOf({ target, seed, path: index })}`;
  return `${fc.defaultReportMessage(details)}\nagain: ${replayOf({ target, seed, path: details.counterexamplePath ?? index })}`;
}

const property = (scene: Scene, target: Job['target'], count: Counts) =>
  fc.asyncProperty(targets[target].arbitrary, (value) => scene.run(target, value, count));

const replayOf = ({
  target,
  seed,
  ...at
}: { target: string; seed: number } & ({ path: string | number } | { index: number })) =>
  `npm run fuzz -- --replay ${target}:${seed}:${'path' in at ? at.path : at.index}`;
