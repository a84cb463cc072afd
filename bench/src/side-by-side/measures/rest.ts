import { setTimeout as sleep } from 'node:timers/promises';
import { Rules } from '@overcookied/shared/rules.ts';
import { Contender } from '../../contenders/contender.ts';
import { onStage, progress, type Stage } from '../../stage.ts';
import { countCallers, trafficDuring } from '../../valkey-traffic.ts';
import { isOurs } from '../names.ts';
import { atOnce, type Rounds } from '../turns.ts';
import { type Conditions, failures } from './conditions.ts';

/** A match as it is played by default, but that it begins at once. */
const rules = Rules.parse({ countdownMs: 0 });
/** After all matches have begun, in ms: players are told of the start, and caches filled. */
const settleMs = 1_000;
/** In which it is seen which commands come from clients, in seconds. */
const callerSeconds = 4;

/** What a minute of a match has Valkey do in which nobody clicks. */
export interface RestTraffic {
  bytesOut: number;
  bytesIn: number;
  /** Those inside scripts too. */
  commands: number;
  /** Those that clients sent. */
  calls: number;
}

export interface RestRounds {
  matches: number;
  rounds: Rounds<RestTraffic>;
}

/** Has Valkey count while matches are on in which nobody clicks: those of all contenders at once, with a Valkey each. */
export async function measureRest(
  conditions: Conditions,
  { matches, seconds }: { matches: number; seconds: number },
): Promise<RestRounds> {
  const failed = failures(conditions, 'matches at rest');
  const rounds = await atOnce({ ...conditions, rounds: 1, failed }, (name) => {
    progress(`matches at rest: ${name}`);
    return onStage({}, conditions.stop, async (stage) => {
      const contender = await Contender.start(stage, name);
      if (isOurs(name)) await stage.start('game-ticker');
      try {
        return await restOf(stage, contender, matches, seconds);
      } finally {
        await contender.stop();
      }
    });
  });
  return { matches, rounds };
}

async function restOf(
  { valkey }: Stage,
  contender: Contender,
  matches: number,
  seconds: number,
): Promise<RestTraffic> {
  const { load, begin } = await contender.connect(2 * matches, rules);
  try {
    await begin();
    await sleep(settleMs);
    const { bytesOut, bytesIn, commands } = await trafficDuring(valkey, () => sleep(1_000 * seconds));
    const callers = await countCallers(valkey, () => sleep(1_000 * callerSeconds));
    const minutes = (matches * seconds) / 60;
    const ofClients = callers.clients / Math.max(1, callers.clients + callers.scripts);
    return {
      bytesOut: bytesOut / minutes,
      bytesIn: bytesIn / minutes,
      commands: commands / minutes,
      calls: (commands * ofClients) / minutes,
    };
  } finally {
    await load.close();
  }
}
