/** How long a click waits for a shard that is more and more busy: a real Valkey, one core, clicks as they come. */
import { setImmediate } from 'node:timers/promises';
import { Random } from '@overcookied/bot/random.ts';
import { click, createMatch } from '@overcookied/shared/match/match.ts';
import { closeValkey, connectValkey, nodeName, primaries, whenReady } from '@overcookied/shared/valkey.ts';
import { plainRules } from '../../contenders/plain-rules.ts';
import { cpuSeconds } from '../../contenders/process-usage.ts';
import { drawGap } from '../../simulation/normal.ts';
import { spreadOf } from '../../spread.ts';
import { log, progress, type Stage } from '../../stage.ts';

export interface ShardOptions {
  /** Clicks a second, rising. */
  rates: number[];
  seconds: number;
  seed: number;
}

/** So many clicks a second at one Valkey. */
export interface ShardPoint {
  clicksPerSecond: number;
  /** Share of a core that Valkey used. */
  busy: number;
  /** From when a click was due until its answer was read, in ms. */
  p50: number;
  p99: number;
  /** How many clicks are judged. */
  judged: number;
}

/** As many connections as a shard has gateways. */
const connections = 40;
const matches = 500;
/** Of fewer the 99th percentile would be that of some few. */
const fewestJudged = 1_000;
const warmUp = { clicksPerSecond: 5_000, seconds: 2 };

/** Clicks come as a Poisson process has it, whatever becomes of them, each by one of many connections. */
export async function measureShard(
  stage: Stage,
  { rates, seconds, seed }: ShardOptions,
): Promise<ShardPoint[]> {
  const [node] = primaries(stage.valkey);
  if (!node) throw new Error('there is no Valkey');
  const clients = Array.from({ length: connections }, () => connectValkey(`valkey://${nodeName(node)}`, log));
  await Promise.all(clients.map(whenReady));
  const room = (i: number) => `growth-${i}`;
  const player = (id: string) => ({ id, name: 'Somebody', picture: '' });
  for (let i = 0; i < matches; i++)
    await createMatch(
      stage.valkey,
      room(i),
      { mode: 'ranked', p1: player('a'), p2: player('b') },
      plainRules,
    );
  const random = new Random(seed, 11);
  const one = () => {
    const client = clients[Math.floor(random.next() * connections)] as (typeof clients)[number];
    const seat = { roomId: room(Math.floor(random.next() * matches)), role: 'p1', playerId: 'a' } as const;
    return click(client, seat, { first: 0, last: 1 });
  };
  const points: ShardPoint[] = [];
  for (const [i, { clicksPerSecond, seconds: forSeconds }] of [
    warmUp,
    ...rates.map((rate) => ({ clicksPerSecond: rate, seconds })),
  ].entries()) {
    progress(`one shard: ${clicksPerSecond} clicks a second`);
    const before = await cpuSeconds([stage.valkeyPid]);
    const run = await atRate(clicksPerSecond, forSeconds, random, one);
    const busy = ((await cpuSeconds([stage.valkeyPid])) - before) / run.ranSeconds;
    const { count, p50, p99 } = spreadOf(run.waited);
    if (count < fewestJudged) {
      progress(`whoever measures does not keep up with that: ${count} clicks could be judged`);
      continue;
    }
    if (i > 0) points.push({ clicksPerSecond: run.perSecond, busy, p50, p99, judged: count });
  }
  await Promise.all(clients.map(closeValkey));
  return points;
}

interface Run {
  waited: Float64Array;
  /** Clicks a second, and share of a core, while whoever measures ran. */
  perSecond: number;
  ranSeconds: number;
}

/** Whoever measures was kept from the processor when it comes back after so long, in ms. */
const stallMs = 2;

/**
 * Clicks of which the answer was awaited while whoever measures was kept from the processor are not judged, and those
 * due meanwhile are not made up for: else it is the machine that is measured.
 */
async function atRate(
  perSecond: number,
  seconds: number,
  random: Random,
  one: () => Promise<unknown>,
): Promise<Run> {
  const waited: number[] = [];
  const beganAt = performance.now();
  const endsAt = beganAt + 1_000 * seconds;
  let [due, turnAt, stalledMs, stalls, sent, open] = [beganAt, beganAt, 0, 0, 0, 0];
  let failed: Error | undefined;
  const send = (at: number) => {
    const stallsBefore = stalls;
    open++;
    sent++;
    one().then(
      () => {
        open--;
        if (stalls === stallsBefore) waited.push(performance.now() - at);
      },
      (error: Error) => {
        failed = error;
      },
    );
  };
  // Never asleep: a timer is late by more than what is measured.
  for (; turnAt < endsAt || open > 0; await setImmediate()) {
    if (failed) throw failed;
    const now = performance.now();
    if (now - turnAt > stallMs) {
      stalls++;
      stalledMs += now - turnAt;
      due = Math.max(due, now);
    }
    turnAt = now;
    for (; due <= turnAt && due < endsAt; due += drawGap(random, 1_000 / perSecond)) send(due);
  }
  const ranSeconds = (performance.now() - beganAt - stalledMs) / 1_000;
  return { waited: Float64Array.from(waited), perSecond: sent / ranSeconds, ranSeconds };
}
