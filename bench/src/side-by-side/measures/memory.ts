import { type MemoryOptions, type MemoryRound, measureMemory } from '../../contenders/memory.ts';
import { onStage, progress } from '../../stage.ts';
import { atOnce, inTurn, type Rounds } from '../turns.ts';
import { type Conditions, failures } from './conditions.ts';

/** What so many sockets cost. */
export interface MemoryRounds {
  sockets: number;
  rounds: Rounds<MemoryRound>;
}

/** Has so many players connect to two new processes of each contender, and then begin matches. */
export async function measureSockets(
  conditions: Conditions,
  options: MemoryOptions & { rounds: number },
): Promise<MemoryRounds> {
  const { sockets, rounds: count } = options;
  const { quick, stop } = conditions;
  const failed = failures(conditions, 'memory');
  const rounds = await (quick ? atOnce : inTurn)({ ...conditions, rounds: count, failed }, (name, round) => {
    progress(`memory, round ${round} of ${count}: ${name}`);
    return onStage({ areServicesFirst: true }, stop, (stage) => measureMemory(stage, name, options));
  });
  return { sockets, rounds };
}
