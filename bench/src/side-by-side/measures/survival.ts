import { measureSurvival, type Survival } from '../../contenders/survival.ts';
import { onStage, progress } from '../../stage.ts';
import { atOnce, type Rounds } from '../turns.ts';
import { type Conditions, failures } from './conditions.ts';

export type SurvivalRounds = Rounds<Survival>;

/** Kills one of two processes of each contender, at the same time, with a Valkey each. */
export function measureKills(
  conditions: Conditions,
  { matches, rounds }: { matches: number; rounds: number },
): Promise<SurvivalRounds> {
  const failed = failures(conditions, 'a killed process');
  return atOnce({ ...conditions, rounds, failed }, (name, round) => {
    progress(`a killed process, round ${round} of ${rounds}: ${name}`);
    return onStage({ areServicesFirst: true }, conditions.stop, (stage) =>
      measureSurvival(stage, name, { matches }),
    );
  });
}
