import type { ContenderName } from '../../contenders/contender.ts';
import { figure, percent } from '../../markdown.ts';
import type { Verdict } from '../../verdicts.ts';
import { isOurs, titles } from '../names.ts';
import type { Results } from '../results.ts';
import { times, timesFloor } from './cell.ts';
import { p50, p99, wholeUs } from './clicks.ts';
import { survivalOf } from './survival.ts';
import { flatFactor, growthOf } from './traffic.ts';

/** What was asked for. */
const targets = {
  latency: { clicksPerSecond: 2_000, p50: 1.2, p99: 1.5 },
  /** Of the whole system's processor time a click, from so many clicks a second on. */
  cost: { clicksPerSecond: 4_000, times: { node: 1, bun: 0.7 } as Partial<Record<ContenderName, number>> },
  matchesATicker: 10_000,
  clockCommands: 15,
};

/** Whether this system does what was asked for; what was not measured is not judged. */
export function verdictsOf(results: Results): Verdict[] {
  const ours = results.names.filter(isOurs);
  return [
    ...ours.flatMap((name) => latencyVerdicts(results, name)),
    ...ours.flatMap((name) => costVerdicts(results, name)),
    ...ours.flatMap((name) => trafficVerdicts(results, name)),
    ...ours.flatMap((name) => survivalVerdicts(results, name)),
    ...clockVerdicts(results),
  ];
}

function latencyVerdicts({ clicks = [] }: Results, name: ContenderName): Verdict[] {
  const { clicksPerSecond, ...most } = targets.latency;
  const rate = clicks.find((each) => each.clicksPerSecond === clicksPerSecond);
  if (!rate) return [];
  return (
    [
      ['p50', p50],
      ['p99', p99],
    ] as const
  ).flatMap(([what, of]) => {
    const ratio = timesFloor(rate.rounds, name, of);
    const target = `${titles[name]}: ${what} at ${figure(clicksPerSecond)} clicks/s within ${most[what]} times the floor's`;
    return ratio === undefined ? [] : [[target, ratio <= most[what], times(ratio)] satisfies Verdict];
  });
}

function costVerdicts({ clicks = [] }: Results, name: ContenderName): Verdict[] {
  const most = targets.cost.times[name];
  if (most === undefined) return [];
  const rates = clicks.filter((each) => each.clicksPerSecond >= targets.cost.clicksPerSecond);
  return rates.flatMap(({ clicksPerSecond, rounds }) => {
    const ratio = timesFloor(rounds, name, wholeUs);
    const target = `${titles[name]}: processor time a click of the whole system at ${figure(clicksPerSecond)} clicks/s at most ${most === 1 ? "the floor's" : `${most} times the floor's`}`;
    return ratio === undefined ? [] : [[target, ratio <= most, times(ratio)] satisfies Verdict];
  });
}

function trafficVerdicts({ traffic = [] }: Results, name: ContenderName): Verdict[] {
  const growth = growthOf(traffic, name);
  if (growth === undefined || traffic.length < 2) return [];
  const [first, last] = [traffic[0]?.gateways, traffic.at(-1)?.gateways];
  return [
    [
      `${titles[name]}: Valkey's bytes a click flat from ${first} to ${last} gateways, within ${flatFactor} times`,
      growth <= flatFactor,
      times(growth),
    ],
  ];
}

function survivalVerdicts({ survival }: Results, name: ContenderName): Verdict[] {
  const seen = survival && survivalOf(survival, name);
  if (!seen) return [];
  const { matches, survived } = seen;
  const target = `${titles[name]}: all matches survive a SIGKILL of a process`;
  return [[target, survived === matches, `${percent(survived, matches, 1)} of ${figure(matches)}`]];
}

function clockVerdicts({ clock }: Results): Verdict[] {
  if (!clock) return [];
  const { most, traffic } = clock;
  const { sent, inScripts } = traffic.clock;
  return [
    [
      `${figure(targets.matchesATicker)} matches at once on one ticker core, p99 within ${most.mostLateMs} ms`,
      most.matches >= targets.matchesATicker,
      figure(most.matches),
    ],
    [
      `at most ${targets.clockCommands} commands a match-minute sent to Valkey for the clock`,
      sent <= targets.clockCommands,
      `${figure(sent, 1)}, and ${figure(inScripts, 1)} inside scripts`,
    ],
  ];
}
