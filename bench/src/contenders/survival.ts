import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../stage.ts';
import { Contender, type ContenderName } from './contender.ts';
import type { Score } from './load/crowd.ts';

/** How fast each player clicks, a second. */
const clicksPerPlayer = 4;
/** In play before a process is killed, and afterwards, in seconds; clients have that long to come back. */
const beforeSeconds = 3;
const afterSeconds = 12;
/** In which it is seen whether clicks get through again. */
const againSeconds = 2;
/** Until everybody has been told the score. */
const settleMs = 1_500;

export interface SurvivalOptions {
  /** How many are in play. */
  matches: number;
}

/** What is left when one of two processes is killed in the middle of play. */
export interface Survival {
  matches: number;
  /** Matches in which both players are connected again, and a click of each reaches the other. */
  goOn: number;
  /** Those of them in which neither has lost what was in the score before. */
  survived: number;
  clicks: number;
  /** Clicks made before, meanwhile and afterwards that are in the score at the end; undefined where none is kept. */
  counted: number | undefined;
}

/** Kills one of two new processes by `SIGKILL` while players click; who loses a connection comes back as that client would. */
export async function measureSurvival(
  stage: Pick<Stage, 'start' | 'valkey'>,
  name: ContenderName,
  { matches }: SurvivalOptions,
): Promise<Survival> {
  const contender = await Contender.start(stage, name);
  const { load, begin } = await contender.connect(2 * matches);
  const clicksPerSecond = 2 * matches * clicksPerPlayer;
  const scores = async () => {
    await sleep(settleMs);
    return load.scores();
  };
  try {
    await begin();
    await load.play({ clicksPerSecond, seconds: beforeSeconds });
    const played = load.play({ clicksPerSecond, seconds: afterSeconds, comesBack: true });
    await sleep(settleMs);
    await Promise.all([played, contender.kill(0)]);
    const back = await scores();
    await load.play({ clicksPerSecond, seconds: againSeconds, comesBack: true });
    return survivalOf(back, await scores());
  } finally {
    await load.close();
    await contender.stop();
  }
}

/**
 * What became of the matches: players 0 and 1 played the first, 2 and 3 the second, and so on.
 *
 * @param back how players stood when they had had the time to come back
 * @param end when they had clicked again
 */
export function survivalOf(back: Score[], end: Score[]): Survival {
  const keepsScore = end.some(({ counted }) => counted !== undefined);
  let [goOn, survived] = [0, 0];
  for (let i = 0; i < end.length; i += 2) {
    const both = [i, i + 1];
    const isBack = both.every((k) => end[k]?.isOn && end[k].seen > (back[k]?.seen ?? 0));
    if (isBack) goOn++;
    if (isBack && keepsScore && both.every((k) => end[k]?.hasKept)) survived++;
  }
  return {
    matches: end.length / 2,
    goOn,
    survived,
    clicks: sum(end.map(({ sent }) => sent)),
    counted: keepsScore ? sum(end.map(({ counted = 0 }) => counted)) : undefined,
  };
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
