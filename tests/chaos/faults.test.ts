import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Faults } from './faults.ts';
import { Link } from './link.ts';
import type { PlannedFault } from './schedule.ts';
import type { Stage } from './stage.ts';
import type { WorstMoment } from './worst-moment.ts';

/** A stage on which there is nothing but links, and a Valkey whose outages are only said to be. */
async function carriedOut(schedule: PlannedFault[], signal = AbortSignal.timeout(30_000)) {
  const links = await Promise.all([Link.start(0), Link.start(0)]);
  const actor = (kind: string, toValkey: Link | undefined) => ({
    kind,
    toValkey,
    service: { process: undefined },
  });
  const actors = new Map([
    ['gateway 1', actor('gateway', links[0])],
    ['game-ticker 1', actor('game-ticker', links[1])],
  ]);
  const stage = { actors, valkey: { fail: (_: string, forMs: number) => sleep(forMs) } } as unknown as Stage;
  const problems: Error[] = [];
  const faults = new Faults(stage, {} as WorstMoment, (error) => problems.push(error));
  await faults.carryOut(schedule, signal);
  for (const link of links) link.stop();
  expect(problems).toEqual([]);
  return faults.done;
}

const fault = (
  at: number,
  target: string,
  forMs: number,
  what: PlannedFault['what'] = 'stall',
): PlannedFault => ({
  at,
  target,
  what,
  forMs,
  delayMs: 0,
});

describe('faults', () => {
  test('of different kinds overlap, and are written down as they were', async () => {
    const [one, two] = await carriedOut([fault(0, 'gateway 1', 1_000), fault(50, 'game-ticker 1', 50)]);
    expect(one).toMatchObject({ what: 'stall', target: 'gateway 1' });
    expect((one?.until ?? 0) - (one?.from ?? 0)).toBeGreaterThanOrEqual(999);
    expect(two?.until).toBeLessThan(one?.until ?? 0);
  });

  test('of one kind wait until the one before is made good and the other has made up for it', async () => {
    const [one, two] = await carriedOut([fault(0, 'gateway 1', 100), fault(50, 'gateway 1', 10)]);
    expect((two?.from ?? 0) - (one?.until ?? 0)).toBeGreaterThanOrEqual(1_500);
  });

  test('begin only when Valkey is back', async () => {
    const [outage, other] = await carriedOut([fault(0, 'valkey', 200, 'sleep'), fault(50, 'gateway 1', 10)]);
    expect((other?.from ?? 0) - (outage?.until ?? 0)).toBeGreaterThanOrEqual(1_500);
  });

  test('end soon after the signal, and those under way are made good', async () => {
    const done = await carriedOut(
      [fault(0, 'gateway 1', 300), fault(60_000, 'gateway 1', 10)],
      AbortSignal.timeout(100),
    );
    expect(done).toHaveLength(1);
    expect(done[0]?.until).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});
