import type { Redis } from '@overcookied/shared/valkey.ts';
import type { Runtime } from '../../dev/system/runtimes.ts';
import { findCulprit, Scene } from './culprit.ts';
import { type Memory, memoryOf } from './memory.ts';
import { jobs, runAll } from './pool.ts';
import { Stage } from './stage.ts';
import type { TargetName } from './targets.ts';
import { type Counts, noCounts } from './world.ts';

/** A gateway may hold so much more after all of it than after the first part, whose code and tables stay, in bytes. */
const mostGrowth = 6 * 1024 * 1024;
/** Runs with fewer frames do not look at memory. */
const leastForMemory = 20_000;
/** A case waits for what is due for so long, in ms. It takes milliseconds, but machines are busy. */
const withinMs = 60_000;

export interface FuzzOptions {
  /** How many WebSocket messages are sent before no more cases begin. */
  frames: number;
  seed: number;
  /** What the gateways run on. */
  runtime: Runtime;
  /** How many cases run at once. */
  atOnce: number;
  /** Only this part of the system. */
  only?: TargetName | undefined;
  /** Folder that has the services, if not the repository. */
  root?: string | undefined;
  valkeyUrl: string;
  valkey: Redis;
  /** How long may be searched for the smallest case that fails, in ms. */
  searchMs: number;
  /** Is told how far it is. */
  tell?: (what: string) => void;
}

export interface Report {
  counts: Counts;
  seconds: number;
  /** Of each gateway, after the first part of the frames and after all. */
  memory: { before: Memory; after: Memory }[];
  /** The longest that `/livez` took, in ms. */
  slowestMs: number;
  /** What was found, and how to see it again; undefined when nothing was. */
  found: string | undefined;
}

/** Throws everything at a system of real processes, and looks at what becomes of it. */
export async function fuzz(options: FuzzOptions): Promise<Report> {
  const { frames, seed, runtime, atOnce, only, root, valkeyUrl, valkey, searchMs } = options;
  const startStage = () => Stage.start({ valkeyUrl, valkey, runtime, root });
  const tell = options.tell ?? (() => {});
  const stage = await startStage();
  const startedAt = performance.now();
  const counts = noCounts();
  const timer = setInterval(() => tell(`${counts.frames} frames over ${counts.sockets} sockets`), 10_000);
  const world = stage.world(counts, withinMs);
  const source = jobs(seed, only);
  const until = (most: number) =>
    runAll(world, source, atOnce, () => done() < most && stage.troubles.length === 0);
  // What has no frames is counted by what it has.
  const done = () =>
    only && only !== 'frames' ? counts.requests + counts.handshakes + counts.events : counts.frames;
  const memories: Memory[][] = [];
  let found: string | undefined;
  try {
    // What is loaded and remembered once is no leak. A few frames say nothing about one.
    const isLong = frames >= leastForMemory;
    for (const most of isLong ? [Math.min(frames / 4, 100_000), frames] : [frames]) {
      const outcome = await until(most);
      await stage.settle();
      if (outcome.failure || stage.troubles.length > 0) {
        found = await explain(outcome);
        break;
      }
      if (!isLong) break;
      memories.push(await Promise.all(stage.gateways.map(memoryOf)));
    }
  } finally {
    clearInterval(timer);
    await stage.stop();
  }
  const memory = (memories[1] ?? []).map((after, i) => ({ before: memories[0]?.[i] ?? after, after }));
  return {
    counts,
    seconds: (performance.now() - startedAt) / 1_000,
    memory,
    slowestMs: stage.slowestMs,
    found: found ?? leak(memory),
  };

  async function explain(outcome: Awaited<ReturnType<typeof runAll>>): Promise<string> {
    clearInterval(timer);
    const [trouble] = stage.troubles;
    await stage.stop();
    const first = trouble === undefined ? outcome.failure?.error.message : `a service ${trouble}`;
    tell(`${first}\n  this was found, and now the smallest case is looked for that does it`);
    const scene = new Scene(startStage);
    try {
      return `${first}\n${await findCulprit(scene, outcome, noCounts(), searchMs)}`;
    } finally {
      await scene.stop();
    }
  }
}

function leak(memory: Report['memory']): string | undefined {
  for (const { before, after } of memory) {
    const grown = after.heap - before.heap;
    if (grown > mostGrowth)
      return `a gateway holds ${megabytes(grown)} more than after the first part, with nobody there`;
  }
  return undefined;
}

export const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
