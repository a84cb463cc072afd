import { type ClicksRound, measureClicks } from '../../contenders/clicks.ts';
import type { ContenderName } from '../../contenders/contender.ts';
import { middleOf } from '../../contenders/rounds.ts';
import { progress, type Stage } from '../../stage.ts';
import { nextRate, rungs, type Tried } from '../ladder.ts';
import { inTurn, succeeded } from '../turns.ts';
import { clicksPerPlayer, type RateRounds } from './clicks.ts';
import { type Conditions, failures } from './conditions.ts';
import type { Running } from './running.ts';

/** A rate can be taken while clicks are later than this only once in a hundred, in ms, and none but this share is lost. */
export const limits = { p99Ms: 100, lostShare: 0.001 };

/** A rate that was tried for some seconds. */
export interface RateTried extends Tried {
  /** Null where it broke. */
  p99Ms: number | null;
  lostShare: number;
  /** How late the load itself was: what limits may be its own processor time. */
  loadLateP99Ms: number;
}

/** What was tried of each contender, in that order. */
export type Capacity = Partial<Record<ContenderName, RateTried[]>>;

/**
 * Finds the highest rate that each can take. One that breaks at a rate cannot take it.
 *
 * @param known rates at which clicks were measured already: they need not be tried again
 */
export async function measureCapacity(
  conditions: Conditions,
  stage: Stage,
  running: Running,
  { seconds, tries, known }: { seconds: number; tries: number; known: readonly RateRounds[] },
): Promise<Capacity> {
  const capacity: Capacity = {};
  for (const name of conditions.names)
    capacity[name] = known.map((rate) => triedOf(rate, name)).filter((tried) => tried !== undefined);
  const failed = failures(conditions, 'the highest rate');
  const tryRate = async (name: ContenderName, clicksPerSecond: number, round: number): Promise<RateTried> => {
    progress(`the highest rate: ${clicksPerSecond} clicks a second, ${name}`);
    const options = { clicksPerSecond, clicksPerPlayer, seconds };
    try {
      const played = await running.turn(name, (contender) => measureClicks(stage, contender, options));
      return judged(clicksPerSecond, [played]);
    } catch (error) {
      failed(name, round, error as Error);
      return { clicksPerSecond, holds: false, p99Ms: null, lostShare: 1, loadLateP99Ms: 0 };
    }
  };
  await inTurn({ ...conditions, rounds: tries, failed }, async (name, round) => {
    const tried = capacity[name] ?? [];
    const clicksPerSecond = nextRate(tried);
    if (clicksPerSecond === undefined) return;
    const first = await tryRate(name, clicksPerSecond, round);
    // A moment in which the machine was away would halve the ladder in the wrong place for good.
    tried.push(first.holds ? first : await tryRate(name, clicksPerSecond, round));
  });
  return capacity;
}

/** What the rounds at a rate say; undefined where there are none, and for a rate that is no rung. */
export function triedOf({ clicksPerSecond, rounds }: RateRounds, name: ContenderName): RateTried | undefined {
  const done = succeeded(rounds[name]);
  return done.length > 0 && rungs.includes(clicksPerSecond) ? judged(clicksPerSecond, done) : undefined;
}

/** By the median of the rounds, and by what was lost in all of them together. */
function judged(clicksPerSecond: number, rounds: ClicksRound[]): RateTried {
  const median = (of: (round: ClicksRound) => number) => middleOf(rounds.map(of)).median;
  const total = (of: (round: ClicksRound) => number) => rounds.reduce((sum, round) => sum + of(round), 0);
  const p99Ms = median(({ latency }) => latency.p99);
  const lostShare = total(({ unseen }) => unseen) / total(({ clicks }) => clicks);
  const holds = p99Ms < limits.p99Ms && lostShare < limits.lostShare;
  return { clicksPerSecond, holds, p99Ms, lostShare, loadLateP99Ms: median(({ late }) => late.p99) };
}
