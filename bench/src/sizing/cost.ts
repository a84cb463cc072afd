import type { Valkey } from '@overcookied/shared/valkey.ts';
import { readFigures } from './figures.ts';

const atOnce = 200;

/** What one of many alike costs Valkey. */
export interface Cost {
  what: string;
  count: number;
  /** Processor time of Valkey, each, in µs. */
  valkeyUs: number;
  /** Processor time of this process, each, in µs. */
  callerUs: number;
  /** Commands, those that scripts run included. */
  commands: number;
  /** How much more memory Valkey uses for each when they are done. */
  bytes: number;
}

/** Does some work so many times, up to 200 at once, and measures what each cost. */
export function costOf(
  valkey: Valkey,
  what: string,
  count: number,
  work: (i: number) => Promise<unknown>,
): Promise<Cost> {
  return costOfAll(valkey, what, count, async () => {
    for (let i = 0; i < count; i += atOnce)
      await Promise.all(Array.from({ length: Math.min(atOnce, count - i) }, (_, k) => work(i + k)));
  });
}

/** Does something that comes to so many alike, and measures what each of them cost. */
export async function costOfAll(
  valkey: Valkey,
  what: string,
  count: number,
  work: () => Promise<unknown>,
): Promise<Cost> {
  const before = await readFigures(valkey);
  const callerBefore = process.cpuUsage();
  await work();
  const caller = process.cpuUsage(callerBefore);
  const after = await readFigures(valkey);
  return {
    what,
    count,
    valkeyUs: (1e6 * (after.cpuSeconds - before.cpuSeconds)) / count,
    callerUs: (caller.user + caller.system) / count,
    commands: (after.commands - before.commands) / count,
    bytes: (after.usedBytes - before.usedBytes) / count,
  };
}
