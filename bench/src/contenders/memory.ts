import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../stage.ts';
import { Contender, type ContenderName } from './contender.ts';
import { residentKb } from './process-usage.ts';

/** What sockets cost two processes together, in kB each. */
export interface MemoryRound {
  idleKb: number;
  inMatchKb: number;
}

export interface MemoryOptions {
  sockets: number;
  /** Until a process that has just done something uses as much memory as it goes on to. */
  settleMs: number;
}

/** Connects so many players to two new processes, and then puts them into matches in which nobody does anything. */
export async function measureMemory(
  stage: Stage,
  name: ContenderName,
  { sockets, settleMs }: MemoryOptions,
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
