/** What was measured of waiting for one busy core, beside what a queue in virtual time makes of it. */
import { Random } from '@overcookied/bot/random.ts';
import type { Measured } from './measured.ts';
import { inPasses, oneByOne, passCost } from './queueing.ts';

/** A wait in ms, measured and simulated. */
export interface Wait {
  /** Share of the core that is used. */
  busy: number;
  perSecond: number;
  p50: number | undefined;
  p99: number | undefined;
  simulatedP50: number;
  simulatedP99: number;
}

/** So many come in each simulation: the 99th percentile of so many is within some per cent. */
const count = 1_000_000;
/** As the matchmaker has it. */
const window = 2_000;
/** Beyond what could be measured, shares of a core up to the end. */
const further = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];

/**
 * A shard: each click takes what Valkey was seen to use for one at this rate; and beyond the last that could be
 * measured, what it used then.
 */
export function shardWaits({ points }: Measured['shard'], seed: number): Wait[] {
  const wait = (busy: number, perSecond: number, i: number): Omit<Wait, 'p50' | 'p99'> => {
    const random = new Random(seed, 21, i);
    const { p50, p99 } = oneByOne({ perSecond, serviceMs: (1_000 * busy) / perSecond, count, random });
    return { busy, perSecond, simulatedP50: p50, simulatedP99: p99 };
  };
  // Valkey that used all of its core did not keep up: nothing can be said of the wait, but that it grows.
  const keptUp = points.filter(({ busy }) => busy < 1);
  const measured = keptUp.map(({ busy, clicksPerSecond, p50, p99 }, i) => ({
    ...wait(busy, clicksPerSecond, i),
    ...{ p50, p99 },
  }));
  const last = measured.at(-1);
  if (!last) throw new Error('Valkey kept up with no rate');
  const rest = further
    .filter((busy) => busy > last.busy)
    .map((busy, i) => ({
      ...wait(busy, (last.perSecond * busy) / last.busy, keptUp.length + i),
      ...{ p50: undefined, p99: undefined },
    }));
  return [...measured, ...rest];
}

/** The matchmaker, by its two ends: who hardly has to do anything, and who empties the longest queue. */
export function pairingWaits({ feed, drain }: Pick<Measured, 'feed' | 'drain'>, seed: number): Wait[] {
  const [idle] = feed.points.toSorted((a, b) => a.joinsPerSecond - b.joinsPerSecond);
  const longest = drain.points.toSorted((a, b) => a.players - b.players).at(-1);
  if (!idle || !longest) throw new Error('nobody joined, or no queue was drained');
  const cost = passCost(idle.p50, longest);
  const most = 2_000 / cost.pairMs;
  const wait = (joinsPerSecond: number, i: number) => {
    const random = new Random(seed, 22, i);
    const { p50, p99 } = inPasses({ ...cost, joinsPerSecond, window, count, random });
    return { busy: joinsPerSecond / most, perSecond: joinsPerSecond, simulatedP50: p50, simulatedP99: p99 };
  };
  // Where more join than a matchmaker can pair, a wait has no end.
  const keptUp = feed.points.filter(({ joinsPerSecond }) => joinsPerSecond < most);
  const measured = keptUp.map(({ joinsPerSecond, p50, p99 }, i) => ({
    ...wait(joinsPerSecond, i),
    ...{ p50, p99 },
  }));
  const last = measured.at(-1)?.busy ?? 0;
  const rest = further
    .filter((busy) => busy > last)
    .map((busy, i) => ({ ...wait(busy * most, keptUp.length + i), p50: undefined, p99: undefined }));
  return [...measured, ...rest];
}
