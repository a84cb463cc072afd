import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../stage.ts';
import { Contender, type ContenderName } from './contender.ts';
import { residentKb } from './process-usage.ts';

/** Until a process that has just begun or stopped doing something uses as much memory as it goes on to, in ms. */
const settleMs = 10_000;

/** What sockets cost two processes together, in kB each. */
export interface MemoryRound {
  idleKb: number;
  inMatchKb: number;
}

/** Connects so many players to two new processes, and then puts them into matches in which nobody does anything. */
export async function measureMemory(
  stage: Stage,
  name: ContenderName,
  sockets: number,
): Promise<MemoryRound> {
  const contender = await Contender.start(stage, name);
  const settled = async () => {
    await sleep(settleMs);
    return residentKb(contender.pids);
  };
  const atRest = await settled();
  const { load, begin } = await contender.connect(sockets);
  try {
    const idle = await settled();
    await begin();
    const inMatch = await settled();
    return { idleKb: (idle - atRest) / sockets, inMatchKb: (inMatch - atRest) / sockets };
  } finally {
    await load.close();
    await contender.stop();
  }
}
