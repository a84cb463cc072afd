import { setTimeout as sleep } from 'node:timers/promises';
import { Contender } from '../../contenders/contender.ts';
import { onStage, progress, type Stage } from '../../stage.ts';
import { countCallers, trafficDuring } from '../../valkey-traffic.ts';
import { isOurs } from '../names.ts';
import { atOnce, inTurn, type Rounds } from '../turns.ts';
import { clicksPerPlayer } from './clicks.ts';
import { type Conditions, failures } from './conditions.ts';

const clicksPerSecond = 500;

/** What a click has Valkey do, less what the same matches have it do without clicks. */
export interface ClickTraffic {
  bytesOut: number;
  bytesIn: number;
  /** Those inside scripts too. */
  commands: number;
  /** Those that clients sent. */
  calls: number;
}

export interface TrafficRounds {
  gateways: number;
  rounds: Rounds<ClickTraffic>;
}

interface TrafficOptions {
  /** How many processes hold the players' sockets, each time. */
  gateways: readonly number[];
  seconds: number;
}

/** Has Valkey count while the same players click at more and more processes. */
export async function measureTraffic(
  conditions: Conditions,
  { gateways, seconds }: TrafficOptions,
): Promise<TrafficRounds[]> {
  const { quick, stop } = conditions;
  // On whatever it runs, this system sends the same.
  const [ours] = conditions.names.filter(isOurs);
  const names = conditions.names.filter((name) => !isOurs(name) || name === ours);
  const results: TrafficRounds[] = [];
  for (const count of gateways) {
    const failed = failures(conditions, `traffic with ${count} gateways`);
    // Counts are hardly different from round to round, as times are, and processes take long to start.
    const rounds = await (quick ? atOnce : inTurn)({ names, rounds: 1, failed }, (name) => {
      progress(`traffic with ${count} gateways: ${name}`);
      return onStage({ areServicesFirst: true }, stop, async (stage) => {
        const contender = await Contender.start(stage, name, count);
        try {
          return await trafficOf(stage, contender, seconds);
        } finally {
          await contender.stop();
        }
      });
    });
    results.push({ gateways: count, rounds });
  }
  return results;
}

async function trafficOf(stage: Stage, contender: Contender, seconds: number): Promise<ClickTraffic> {
  const { load, begin } = await contender.connect(clicksPerSecond / clicksPerPlayer);
  const { valkey } = stage;
  const during = async (work: () => Promise<unknown>) => {
    const at = performance.now();
    return { ...(await trafficDuring(valkey, work)), ms: performance.now() - at };
  };
  try {
    await begin();
    const play = () => load.play({ clicksPerSecond, seconds });
    await play();
    const rest = await during(() => sleep(1_000 * seconds));
    const clicking = await during(play);
    const callers = await countCallers(valkey, play);
    const clicks = clicksPerSecond * seconds;
    const perClick = (what: 'bytesOut' | 'bytesIn' | 'commands') =>
      (clicking[what] - (rest[what] * clicking.ms) / rest.ms) / clicks;
    const commands = perClick('commands');
    return {
      bytesOut: perClick('bytesOut'),
      bytesIn: perClick('bytesIn'),
      commands,
      calls: (commands * callers.clients) / (callers.clients + callers.scripts),
    };
  } finally {
    await load.close();
  }
}
