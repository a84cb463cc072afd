import { measureClicks } from '../../contenders/clicks.ts';
import type { ContenderName } from '../../contenders/contender.ts';
import { progress, type Stage } from '../../stage.ts';
import { nextRate, type Tried } from '../ladder.ts';
import { inTurn } from '../turns.ts';
import { clicksPerPlayer } from './clicks.ts';
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

/** Finds the highest rate that each can take. One that breaks at a rate cannot take it. */
export async function measureCapacity(
  conditions: Conditions,
  stage: Stage,
  running: Running,
  { seconds, tries }: { seconds: number; tries: number },
): Promise<Capacity> {
  const capacity: Capacity = {};
  const failed = failures(conditions, 'the highest rate');
  await inTurn({ ...conditions, rounds: tries, failed }, async (name) => {
    capacity[name] ??= [];
    const tried = capacity[name];
    const clicksPerSecond = nextRate(tried);
    if (clicksPerSecond === undefined) return;
    progress(`the highest rate: ${clicksPerSecond} clicks a second, ${name}`);
    const options = { clicksPerSecond, clicksPerPlayer, seconds };
    try {
      const played = await running.turn(name, (contender) => measureClicks(stage, contender, options));
      const [p99Ms, lostShare] = [played.latency.p99, played.unseen / played.clicks];
      const holds = p99Ms < limits.p99Ms && lostShare < limits.lostShare;
      tried.push({ clicksPerSecond, holds, p99Ms, lostShare, loadLateP99Ms: played.late.p99 });
    } catch (error) {
      tried.push({ clicksPerSecond, holds: false, p99Ms: null, lostShare: 1, loadLateP99Ms: 0 });
      throw error;
    }
  });
  return capacity;
}
