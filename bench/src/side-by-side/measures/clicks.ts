import { type ClicksRound, measureClicks } from '../../contenders/clicks.ts';
import { progress, type Stage } from '../../stage.ts';
import { inTurn, type Rounds } from '../turns.ts';
import { type Conditions, failures } from './conditions.ts';
import type { Extent } from './extents.ts';
import type { Running } from './running.ts';

/** How often each player clicks, a second. */
export const clicksPerPlayer = 10;
/** How many clicks a second are played before anything is measured, so that code is compiled. */
const warmUpRate = 2_000;

/** Clicks of all players together, so many a second. */
export interface RateRounds {
  clicksPerSecond: number;
  rounds: Rounds<ClicksRound>;
}

/** Has the code of all contenders compiled, as that of processes is that run for days. */
export async function warmUp(
  conditions: Conditions,
  stage: Stage,
  running: Running,
  seconds: number,
): Promise<void> {
  const options = { clicksPerSecond: warmUpRate, clicksPerPlayer, seconds };
  const failed = failures(conditions, 'warming up');
  await inTurn({ ...conditions, rounds: 1, failed }, (name) => {
    progress(`warming up: ${name}`);
    return running.turn(name, (contender) => measureClicks(stage, contender, options));
  });
}

/** How long clicks take to the opponent, and what they cost, at each of these rates. */
export async function measureRates(
  conditions: Conditions,
  stage: Stage,
  running: Running,
  { rates, ...times }: Extent['clicks'],
): Promise<RateRounds[]> {
  const results: RateRounds[] = [];
  for (const clicksPerSecond of rates) {
    const failed = failures(conditions, `${clicksPerSecond} clicks a second`);
    const rounds = await inTurn({ ...conditions, failed }, (name, round) => {
      progress(`${clicksPerSecond} clicks a second, round ${round} of ${conditions.rounds}: ${name}`);
      return running.turn(name, (contender) =>
        measureClicks(stage, contender, { clicksPerSecond, clicksPerPlayer, ...times }),
      );
    });
    results.push({ clicksPerSecond, rounds });
  }
  return results;
}
