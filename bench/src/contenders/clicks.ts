import type { Stage } from '../stage.ts';
import type { Contender } from './contender.ts';
import type { Played } from './load/crowd.ts';
import { cpuSeconds } from './process-usage.ts';

export interface ClicksOptions {
  clicksPerSecond: number;
  /** How fast each player clicks; there are as many players as it takes. */
  clicksPerPlayer: number;
  seconds: number;
  /** Before that, until code is compiled and connections are warm. */
  warmUpSeconds?: number;
}

/** What one run of clicks took, and what it cost: processor time in µs a click. */
export interface ClicksRound extends Played {
  clicksPerSecond: number;
  /** Of all processes. */
  gatewayUs: number;
  valkeyUs: number;
}

/** Has new players click at each other. */
export async function measureClicks(
  stage: Stage,
  contender: Contender,
  { clicksPerSecond, clicksPerPlayer, seconds, warmUpSeconds = 1.5 }: ClicksOptions,
): Promise<ClicksRound> {
  const pairs = Math.max(1, Math.round(clicksPerSecond / clicksPerPlayer / 2));
  const { load, begin } = await contender.connect(2 * pairs);
  try {
    await begin();
    await load.play({ clicksPerSecond, seconds: warmUpSeconds });
    const used = () => Promise.all([cpuSeconds(contender.pids), cpuSeconds([stage.valkeyPid])]);
    const before = await used();
    const played = await load.play({ clicksPerSecond, seconds });
    const after = await used();
    const us = (process: 0 | 1) => (1e6 * (after[process] - before[process])) / played.clicks;
    return { ...played, clicksPerSecond, gatewayUs: us(0), valkeyUs: us(1) };
  } finally {
    await load.close();
  }
}
