/** How long a click waits for a shard that is more and more busy: a real Valkey, one core, clicks as they come. */
import { setImmediate } from 'node:timers/promises';
import { Random } from '@overcookied/bot/random.ts';
import { click, createMatch } from '@overcookied/shared/match/match.ts';
import { Rules } from '@overcookied/shared/rules.ts';
import { closeValkey, connectValkey, nodeName, primaries, whenReady } from '@overcookied/shared/valkey.ts';
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
  /** How late clicks were sent, in ms: what whoever measures is to blame for. */
  lateP99: number;
}

/** As many connections as a shard has gateways. */
const connections = 40;
const matches = 500;
const warmUp = { clicksPerSecond: 5_000, seconds: 2 };
const rules = Rules.parse({
  countdownMs: 0,
  matchMs: 3_600_000,
  goldenGapMs: [3_600_000, 3_600_000],
  clickRate: 1_000,
  clickBurst: 1_000_000,
});

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
    await createMatch(stage.valkey, room(i), { mode: 'ranked', p1: player('a'), p2: player('b') }, rules);
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
    const { waited, late, tookSeconds } = await atRate(clicksPerSecond, forSeconds, random, one);
    const busy = ((await cpuSeconds([stage.valkeyPid])) - before) / tookSeconds;
    const { p50, p99 } = spreadOf(waited);
    if (i > 0) points.push({ clicksPerSecond, busy, p50, p99, lateP99: spreadOf(late).p99 });
  }
  await Promise.all(clients.map(closeValkey));
  return points;
}

async function atRate(perSecond: number, seconds: number, random: Random, one: () => Promise<unknown>) {
  const count = Math.round(perSecond * seconds);
  const [waited, late] = [new Float64Array(count), new Float64Array(count)];
  const beganAt = performance.now();
  let [due, sent, answered] = [beganAt, 0, 0];
  let failed: Error | undefined;
  // Never asleep: a timer is late by more than what is measured.
  while (answered < count) {
    for (; sent < count && due <= performance.now(); sent++) {
      const [i, at] = [sent, due];
      late[i] = performance.now() - at;
      one().then(
        () => {
          waited[i] = performance.now() - at;
          answered++;
        },
        (error: Error) => {
          failed = error;
        },
      );
      due += drawGap(random, 1_000 / perSecond);
    }
    if (failed) throw failed;
    await setImmediate();
  }
  return { waited, late, tookSeconds: (performance.now() - beganAt) / 1_000 };
}
