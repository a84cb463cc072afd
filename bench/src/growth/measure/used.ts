import { cpuSeconds } from '../../contenders/process-usage.ts';

/** What some groups of processes used over some seconds. */
export interface Used {
  seconds: number;
  /** Of each group, in s. */
  cpuSeconds: number[];
}

/** Does some work, and tells how much of a processor each group of processes used meanwhile. */
export async function usedBy(groups: number[][], work: () => Promise<unknown>): Promise<Used> {
  const read = () => Promise.all(groups.map(cpuSeconds));
  const [before, beganAt] = [await read(), performance.now()];
  await work();
  const after = await read();
  return {
    seconds: (performance.now() - beganAt) / 1_000,
    cpuSeconds: after.map((seconds, i) => seconds - (before[i] ?? 0)),
  };
}

/** What each of so many things cost a group on top of what it uses at rest, in µs. */
export function costOfEach({
  busy,
  rest,
  group,
  count,
}: {
  busy: Used;
  rest: Used;
  group: number;
  count: number;
}): number {
  const atRest = ((rest.cpuSeconds[group] ?? 0) * busy.seconds) / rest.seconds;
  return (1e6 * ((busy.cpuSeconds[group] ?? 0) - atRest)) / count;
}
