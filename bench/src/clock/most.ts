import { setTimeout as sleep } from 'node:timers/promises';
import { defaultRules } from '@overcookied/shared/rules.ts';
import type { Cores } from '../pin.ts';
import { bucketsOf, countAtMost, quantileBound, sumOf } from '../prometheus.ts';
import type { Service } from '../service.ts';
import { spreadOf } from '../spread.ts';
import { onStage, progress, type Stage } from '../stage.ts';
import { valkeyCpuSeconds } from '../valkey-load.ts';
import { Population } from './population.ts';
import { Witness } from './witness.ts';

/** The ticker has a core of its own; Valkey and the bench share the other. */
const cores: Cores = { services: 1, rest: 0 };
/** After all matches of a step are on, until it is measured, in ms: the first golden cookies come after 5 to 10 s. */
const settleMs = 7_000;
/** A ticker that leaves more of its matches to wait than this share has no lateness to show for them. */
const mostOverdue = 0.01;
/** So many matches are listened to at most: more would be work for Valkey's core which no gateway does there. */
const mostWitnessed = 1_000;

export interface MostMatchesOptions {
  /** How many at once to try, fewest first; it ends with the first that is too many. */
  steps: readonly number[];
  /** For how long each is measured, in seconds. */
  seconds: number;
  /** How late the 99th percentile may be, in ms: the bound of a bucket of the ticker's own histogram. */
  mostLateMs: number;
}

/** A number of matches that was tried. */
export interface MatchesStep {
  matches: number;
  /** Golden cookies and ends a second. */
  eventsPerSecond: number;
  /** By the ticker itself, from when it was due to Valkey's answer: the share that was within `mostLateMs`. */
  onTime: number;
  /** By the ticker itself: the bound of the bucket in which its 99th percentile is, in ms. */
  p99WithinMs: number;
  /** By Valkey's clock, `endedAt` less `endsAt` of matches that a witness listens to, in ms. */
  endsLateP99Ms: number;
  /** The share of matches whose due time had passed at the end without the ticker having taken them. */
  overdue: number;
  /** Shares of a core. Valkey's includes making the matches. */
  tickerCore: number;
  valkeyCore: number;
  isWithin: boolean;
}

export interface MostMatches {
  /** The most of the steps that stayed within the limit; 0 when none did. */
  matches: number;
  mostLateMs: number;
  /** Whether the ticker had a core, and the rest another. */
  isPinned: boolean;
  steps: MatchesStep[];
}

const defaults: MostMatchesOptions = {
  steps: [10_000, 20_000, 40_000, 80_000],
  seconds: 8,
  mostLateMs: 50,
};

/**
 * How many matches one ticker on one core runs at once, under the default rules, with the 99th percentile of golden
 * cookies and ends within 50 ms of their due time. About 20 s a step, with a Valkey of its own.
 *
 * @param stop ends it when it is aborted
 * @throws Error when a match could not be made
 */
export function mostMatches(
  stop: AbortSignal,
  options: Partial<MostMatchesOptions> = {},
): Promise<MostMatches> {
  const stageOptions = { cores, areServicesFirst: true };
  return onStage(stageOptions, stop, (stage) => climb(stage, { ...defaults, ...options }));
}

async function climb(stage: Stage, options: MostMatchesOptions): Promise<MostMatches> {
  const ticker = await stage.start('game-ticker');
  const witness = new Witness(stage.valkey, stage.subscriber);
  const population = new Population(stage.valkey, witness, {
    matches: 0,
    perWitnessed: Math.ceil(Math.max(...options.steps) / mostWitnessed),
    rules: defaultRules,
    seed: 1,
  });
  population.start();
  const steps: MatchesStep[] = [];
  for (const matches of options.steps) {
    progress(`the clock of ${matches} matches`);
    await population.growTo(matches);
    await sleep(settleMs);
    population.takeLateness();
    const step = await measureStep(stage, ticker, witness, { ...options, matches });
    population.takeLateness();
    steps.push(step);
    if (!step.isWithin) break;
  }
  await population.stop();
  const within = steps.filter(({ isWithin }) => isWithin).map(({ matches }) => matches);
  return {
    matches: Math.max(0, ...within),
    mostLateMs: options.mostLateMs,
    isPinned: stage.isPinned,
    steps,
  };
}

async function measureStep(
  { valkey }: Stage,
  ticker: Service,
  witness: Witness,
  { matches, seconds, mostLateMs }: MostMatchesOptions & { matches: number },
): Promise<MatchesStep> {
  const read = async () => ({
    at: performance.now(),
    samples: await ticker.samples(),
    valkeyCpuSeconds: await valkeyCpuSeconds(valkey),
  });
  witness.take();
  const before = await read();
  await sleep(1_000 * seconds);
  const after = await read();
  const ends = spreadOf(Float64Array.from(witness.take().ends));
  const elapsed = (after.at - before.at) / 1_000;
  const lateness = 'overcookied_clock_lateness_seconds';
  const buckets = [bucketsOf(before.samples, lateness), bucketsOf(after.samples, lateness)] as const;
  const events = countAtMost(...buckets, Number.POSITIVE_INFINITY);
  const onTime = events && countAtMost(...buckets, mostLateMs / 1_000) / events;
  const overdue = (sumOf(after.samples, 'overcookied_clock_overdue') ?? 0) / matches;
  const tickerCpu = (samples: typeof after.samples) => sumOf(samples, 'process_cpu_seconds_total') ?? 0;
  return {
    matches,
    eventsPerSecond: events / elapsed,
    onTime,
    p99WithinMs: 1_000 * quantileBound(...buckets, 0.99),
    endsLateP99Ms: ends.p99,
    overdue,
    tickerCore: (tickerCpu(after.samples) - tickerCpu(before.samples)) / elapsed,
    valkeyCore: (after.valkeyCpuSeconds - before.valkeyCpuSeconds) / elapsed,
    isWithin: onTime >= 0.99 && ends.p99 <= mostLateMs && overdue <= mostOverdue,
  };
}
