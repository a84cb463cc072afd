import { setTimeout as sleep } from 'node:timers/promises';
import { defaultRules, type Rules } from '@overcookied/shared/rules.ts';
import { bucketsOf, quantileBound, type Samples, sumOf } from '../prometheus.ts';
import type { Service } from '../service.ts';
import { type Spread, spreadOf } from '../spread.ts';
import { progress, type Stage } from '../stage.ts';
import { valkeyCpuSeconds, valkeyMemoryBytes } from '../valkey-load.ts';
import { lifeMs, Population } from './population.ts';
import { Witness } from './witness.ts';

/** Before there is any match, the cost of looking for nothing is measured for so long, in ms. */
const idleMs = 5_000;
/** After the first matches must have ended, until it is measured, in ms. */
const settleMs = 3_000;

export interface ClockOptions {
  matches: number;
  tickers: number;
  seconds: number;
  seed: number;
}

/** Processor time and what it was used for, over some seconds. */
export interface Used {
  seconds: number;
  tickerCpuSeconds: number;
  valkeyCpuSeconds: number;
}

export interface ClockResult extends ClockOptions, Used {
  idle: Used;
  /** How late golden cookies were heard of, in ms. */
  spawns: Spread;
  /** How late matches ended by Valkey's clock, in ms. */
  ends: Spread;
  /** How late ends were heard of, in ms. */
  endsHeard: Spread;
  /** Golden cookies and ends that came before they were due. */
  early: number;
  miscounted: number;
  /** Matches that were on at the end. */
  on: number;
  /** The tickers' own histogram: the bounds of the buckets in which these quantiles are, in ms. */
  ownMs: { p50: number; p99: number; p999: number };
  /** Looks at a match that had nothing due; undefined when the tickers do not tell. */
  inVain: number | undefined;
  recorded: number;
  tickerBytes: number;
  valkeyBytes: number;
  /** How late the bench itself was, in ms. */
  bench: Spread;
}

/** Measures the clock of so many matches at once, under the default rules, without anybody who clicks. */
export async function measureClock(stage: Stage, options: ClockOptions): Promise<ClockResult> {
  const { matches, tickers, seconds } = options;
  const rules: Rules = defaultRules;
  const services = await Promise.all(Array.from({ length: tickers }, () => stage.start('game-ticker')));
  progress(`${matches} matches: nothing yet, for ${idleMs / 1_000} s`);
  const nothing = await read(stage, services);
  await sleep(idleMs);
  const idle = used(nothing, await read(stage, services));

  const witness = new Witness(stage.valkey, stage.subscriber);
  const population = new Population(stage.valkey, witness, { ...options, rules });
  const warmUpMs = lifeMs(rules) + settleMs;
  progress(`${matches} matches: beginning, for ${warmUpMs / 1_000} s`);
  population.start();
  await sleep(warmUpMs);
  progress(`${matches} matches: measuring for ${seconds} s`);
  const before = await read(stage, services);
  population.takeLateness();
  witness.take();
  await sleep(seconds * 1_000);
  const after = await read(stage, services);
  const seen = witness.take();
  const { on } = witness;
  const bench = spreadOf(Float64Array.from(population.takeLateness()));
  await population.stop();

  const grown = (name: string): number | undefined => {
    const [first, last] = [sumOf(before.samples, name), sumOf(after.samples, name)];
    return first === undefined || last === undefined ? undefined : last - first;
  };
  const lateness = 'overcookied_clock_lateness_seconds';
  const buckets = [bucketsOf(before.samples, lateness), bucketsOf(after.samples, lateness)] as const;
  const ownMs = (share: number) => 1_000 * quantileBound(...buckets, share);
  return {
    ...options,
    ...used(before, after),
    idle,
    spawns: spreadOf(Float64Array.from(seen.spawns)),
    ends: spreadOf(Float64Array.from(seen.ends)),
    endsHeard: spreadOf(Float64Array.from(seen.endsHeard)),
    early: [...seen.spawns, ...seen.ends].filter((ms) => ms < 0).length,
    miscounted: seen.miscounted,
    on,
    ownMs: { p50: ownMs(0.5), p99: ownMs(0.99), p999: ownMs(0.999) },
    inVain: grown('overcookied_clock_looks_in_vain_total'),
    recorded: grown('overcookied_results_recorded_total') ?? 0,
    tickerBytes: sumOf(after.samples, 'process_resident_memory_bytes') ?? 0,
    valkeyBytes: await valkeyMemoryBytes(stage.valkey),
    bench,
  };
}

interface Reading {
  at: number;
  valkeyCpuSeconds: number;
  /** Of all tickers. */
  samples: Samples;
}

async function read({ valkey }: Stage, services: Service[]): Promise<Reading> {
  const samples = (await Promise.all(services.map((service) => service.samples()))).flat();
  return { at: performance.now(), valkeyCpuSeconds: await valkeyCpuSeconds(valkey), samples };
}

function used(before: Reading, after: Reading): Used {
  const cpu = ({ samples }: Reading) => sumOf(samples, 'process_cpu_seconds_total') ?? 0;
  return {
    seconds: (after.at - before.at) / 1_000,
    tickerCpuSeconds: cpu(after) - cpu(before),
    valkeyCpuSeconds: after.valkeyCpuSeconds - before.valkeyCpuSeconds,
  };
}
