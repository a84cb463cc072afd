/** What a gateway's clicks cost as it holds more and more sockets. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Contender } from '../../contenders/contender.ts';
import { residentKb } from '../../contenders/process-usage.ts';
import { progress, type Stage } from '../../stage.ts';
import { costOfEach, usedBy } from './used.ts';

export interface SocketsOptions {
  /** How many on one gateway, rising. */
  sockets: number[];
  clicksPerSecond: number;
  seconds: number;
}

/** One gateway with so many sockets, all of them in matches. */
export interface SocketsPoint {
  sockets: number;
  clicksPerSecond: number;
  /** Processor time of the gateway for a second of a socket in a match in which nobody clicks, in µs. */
  restUs: number;
  /** … and for a click on top of that, in µs. */
  clickUs: number;
  /** Of Valkey for a click, in µs. */
  valkeyUs: number;
  /** Memory that the gateway uses, in MB. */
  residentMb: number;
  /** From when a click was due until the opponent's client has read of it, in ms. */
  p50: number;
  p99: number;
}

/** Until what connecting has left behind is collected, in ms. */
const settleMs = 2_000;
/** Until code is compiled. */
const warmUp = { players: 200, clicksPerSecond: 4_000, seconds: 4 };

/** Fills one gateway with players in matches, and has some of them click as fast as they did when it was emptier. */
export async function measureSockets(
  stage: Stage,
  { sockets, clicksPerSecond, seconds }: SocketsOptions,
): Promise<SocketsPoint[]> {
  const contender = await Contender.start(stage, 'node', 1);
  const groups = [contender.pids, [stage.valkeyPid]];
  const points: SocketsPoint[] = [];
  const warm = await contender.connect(warmUp.players);
  await warm.begin();
  await warm.load.play(warmUp);
  await warm.load.close();
  for (const count of sockets) {
    progress(`${count} sockets on one gateway`);
    const { load, begin } = await contender.connect(count);
    try {
      await begin();
      await sleep(settleMs);
      const rest = await usedBy(groups, () => sleep(1_000 * seconds));
      let played: Awaited<ReturnType<typeof load.play>> | undefined;
      const busy = await usedBy(groups, async () => {
        played = await load.play({ clicksPerSecond, seconds });
      });
      if (!played) throw new Error('nobody played');
      const click = { busy, rest, count: played.clicks };
      points.push({
        sockets: count,
        clicksPerSecond,
        restUs: (1e6 * (rest.cpuSeconds[0] ?? 0)) / rest.seconds / count,
        clickUs: costOfEach({ ...click, group: 0 }),
        valkeyUs: costOfEach({ ...click, group: 1 }),
        residentMb: (await residentKb(contender.pids)) / 1_000,
        p50: played.latency.p50,
        p99: played.latency.p99,
      });
    } finally {
      await load.close();
    }
    await sleep(settleMs);
  }
  await contender.stop();
  return points;
}
