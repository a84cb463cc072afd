import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@overcookied/bot/random.ts';
import { remindMatchmaker, wakeMatchmaker, wakeQueue } from '@overcookied/shared/jobs.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { mostWaitMs } from '../../../services/matchmaker/src/tolerance.ts';
import type { Service } from '../service.ts';
import { log, type Stage } from '../stage.ts';
import { type SlowCommand, slowCommands, valkeyCpuSeconds, watchSlowCommands } from '../valkey-load.ts';
import { fillQueue } from './fill.ts';
import { checkNotices, Notices } from './notices.ts';
import { lockTakings } from './passes.ts';

const gateways = ['bench-1', 'bench-2', 'bench-3', 'bench-4'];
/** So many wait each time before anything is measured, to have every matchmaker's code run in. */
const warmUpPlayers = 4_000;
/** A short queue is drained again until so many players have been paired. */
const fewestPlayers = 10_000;
/** When whoever waits is first spoken of again by their gateways, and how often from then on, in ms. */
const reminderMs = { first: 500, every: 1_000 };
/** A matchmaker that saw another's work looks again within a second, to see that it was done; in ms, and some more. */
const quietMs = 2_000;

export interface Drain {
  matchmakers: number;
  /** How many waited, each time. */
  players: number;
  times: number;
  pairs: number;
  seconds: number;
  matchmakerCpuSeconds: number;
  valkeyCpuSeconds: number;
  /** How often a matchmaker took the lock to look at the queue. */
  passes: number;
  slow: SlowCommand[];
}

/** Measures how fast so many matchmakers empty queues of these lengths. */
export async function measureDrains(
  stage: Stage,
  matchmakers: number,
  queues: number[],
  seed: number,
  progress: (what: string) => void,
): Promise<Drain[]> {
  const services = await Promise.all(Array.from({ length: matchmakers }, () => stage.start('matchmaker')));
  const notices = await Notices.open(stage.subscriber, gateways);
  const random = new Random(seed, 7);
  const drain = (players: number) => drainOnce({ stage, services, notices, random, players });
  // Wake-ups go round: each of the matchmakers gets some.
  for (let i = 0; i < 2 * matchmakers; i++) {
    progress(`${matchmakers} matchmaker(s): warming up`);
    await drain(warmUpPlayers);
  }
  const results: Drain[] = [];
  for (const players of queues) {
    const runs: Awaited<ReturnType<typeof drainOnce>>[] = [];
    for (let paired = 0; paired < fewestPlayers; paired += players) {
      progress(`${matchmakers} matchmaker(s): a queue of ${players}`);
      runs.push(await drain(players));
    }
    const sum = (field: 'seconds' | 'matchmakerCpuSeconds' | 'valkeyCpuSeconds' | 'passes') =>
      runs.reduce((total, run) => total + run[field], 0);
    results.push({
      matchmakers,
      players,
      times: runs.length,
      pairs: (runs.length * players) / 2,
      seconds: sum('seconds'),
      matchmakerCpuSeconds: sum('matchmakerCpuSeconds'),
      valkeyCpuSeconds: sum('valkeyCpuSeconds'),
      passes: sum('passes'),
      slow: runs.flatMap(({ slow }) => slow).sort((a, b) => b.ms - a.ms),
    });
  }
  await Promise.all(services.map((service) => service.stop()));
  return results;
}

interface DrainOptions {
  stage: Stage;
  services: Service[];
  notices: Notices;
  random: Random;
  players: number;
}

async function drainOnce({ stage, services, notices, random, players }: DrainOptions) {
  const { valkey, producer } = stage;
  await sleep(quietMs);
  const ids = await fillQueue(valkey, players, gateways, random);
  // By now everybody accepts everybody: what is measured is work, and no waiting for it.
  await sleep(mostWaitMs);
  const waiting = await valkey.zcard(keys.queue);
  if (waiting !== players)
    throw new Error(`of ${players} players ${waiting} wait: a matchmaker was awake already`);
  const read = async () => ({
    valkey: await valkeyCpuSeconds(valkey),
    matchmakers: (await Promise.all(services.map((service) => service.cpuSeconds()))).reduce((a, b) => a + b),
    passes: await lockTakings(valkey),
  });
  await watchSlowCommands(valkey);
  const queue = wakeQueue(producer, log);
  await queue.waitUntilReady();
  const before = await read();
  const told = notices.next(players);
  const stopReminding = remind(() => remindMatchmaker(queue));
  const begunAt = performance.now();
  await wakeMatchmaker(queue);
  const { texts, latestAt } = await told.finally(stopReminding);
  const after = await read();
  const slow = await slowCommands(valkey);
  await queue.close();
  checkNotices(texts, ids);
  return {
    seconds: (latestAt - begunAt) / 1_000,
    matchmakerCpuSeconds: after.matchmakers - before.matchmakers,
    valkeyCpuSeconds: after.valkey - before.valkey,
    passes: after.passes - before.passes,
    slow,
  };
}

/** Reminds as the gateways of waiting players do. @returns what ends it */
function remind(once: () => Promise<void>): () => void {
  let timer = setTimeout(function again() {
    void once();
    timer = setTimeout(again, reminderMs.every);
  }, reminderMs.first);
  return () => clearTimeout(timer);
}
