/** How long the second of two waits for their match when joins come faster and faster: a real matchmaker and Valkey. */
import { randomBytes } from 'node:crypto';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@overcookied/bot/random.ts';
import { wakeMatchmaker, wakeQueue } from '@overcookied/shared/jobs.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { Notice } from '@overcookied/shared/notify.ts';
import { enter } from '@overcookied/shared/presence/presence.ts';
import { joinQueue } from '@overcookied/shared/queue/queue.ts';
import { lockTakings } from '../../matchmaking/passes.ts';
import { drawRating } from '../../simulation/curve.ts';
import { drawGap } from '../../simulation/normal.ts';
import { spreadOf } from '../../spread.ts';
import { log, progress, type Stage } from '../../stage.ts';

export interface FeedOptions {
  /** Joins a second, rising. */
  rates: number[];
  seconds: number;
  seed: number;
}

/** So many joins a second at one matchmaker. */
export interface FeedPoint {
  joinsPerSecond: number;
  /** Share of a core that the matchmaker used. */
  busy: number;
  /** Pairs that a pass took out of the queue, on average. */
  pairsPerPass: number;
  /** From the join that made a pair possible until both players' gateways were told, in ms. */
  p50: number;
  p99: number;
  /** How late joins were sent, in ms. */
  lateP99: number;
}

const gateways = ['feed-1', 'feed-2', 'feed-3', 'feed-4'];
const deviation = 60;
const warmUp = { joinsPerSecond: 2_000, seconds: 3 };
/** Whoever is still alone after so long, in ms, has nobody left to be paired with. */
const patienceMs = 8_000;

interface Join {
  at: number;
  late: number;
  toldAt: number;
  roomId: string;
}

/** Has players join as gateways do, as a Poisson process has it, and listens in the gateways' place. */
export async function measureFeed(
  { start, subscriber, producer, valkey }: Pick<Stage, 'start' | 'subscriber' | 'producer' | 'valkey'>,
  { rates, seconds, seed }: FeedOptions,
): Promise<FeedPoint[]> {
  const matchmaker = await start('matchmaker');
  const joins = new Map<string, Join>();
  subscriber.on('smessage', (_channel: string, text: string) => {
    const now = performance.now();
    const notice = Notice.parse(JSON.parse(text));
    const join = notice.type === 'match' ? joins.get(notice.playerId) : undefined;
    if (join && notice.type === 'match') Object.assign(join, { toldAt: now, roomId: notice.roomId });
  });
  for (const gateway of gateways) await subscriber.ssubscribe(keys.notify(gateway));
  const queue = wakeQueue(producer, log);
  await queue.waitUntilReady();
  const random = new Random(seed, 12);
  let failed: Error | undefined;
  const join = async (due: number) => {
    const id = `guest_${randomBytes(16).toString('base64url')}`;
    const gateway = gateways[joins.size % gateways.length] ?? '';
    joins.set(id, { at: due, late: performance.now() - due, toldAt: 0, roomId: '' });
    const { connection } = await enter(valkey, id, gateway);
    const standing = { rating: drawRating(random), deviation };
    await joinQueue(valkey, {
      id,
      gateway,
      standing,
      connection,
      name: 'Guest',
      picture: '',
      mode: 'ranked',
    });
    await wakeMatchmaker(queue);
  };
  const points: FeedPoint[] = [];
  for (const [i, { joinsPerSecond, seconds: forSeconds }] of [
    warmUp,
    ...rates.map((rate) => ({ joinsPerSecond: rate, seconds })),
  ].entries()) {
    progress(`one matchmaker: ${joinsPerSecond} joins a second`);
    joins.clear();
    const [cpuBefore, passesBefore] = [await matchmaker.cpuSeconds(), await lockTakings(valkey)];
    const beganAt = performance.now();
    const count = Math.round(joinsPerSecond * forSeconds);
    for (let due = beganAt; joins.size < count; await setImmediate()) {
      for (; joins.size < count && due <= performance.now(); due += drawGap(random, 1_000 / joinsPerSecond))
        join(due).catch((error: Error) => {
          failed = error;
        });
      if (failed) throw failed;
    }
    const tookSeconds = (performance.now() - beganAt) / 1_000;
    const cpu = (await matchmaker.cpuSeconds()) - cpuBefore;
    const passes = (await lockTakings(valkey)) - passesBefore;
    const deadline = performance.now() + patienceMs;
    const untold = () => [...joins.values()].filter(({ toldAt }) => toldAt === 0).length;
    while (untold() > count % 2 && performance.now() < deadline) await sleep(50);
    if (failed) throw failed;
    if (untold() > count % 2) throw new Error(`${untold()} of ${count} players were told of no match`);
    if (i === 0) continue;
    const { p50, p99 } = spreadOf(Float64Array.from(completions(joins.values())));
    const lateP99 = spreadOf(Float64Array.from([...joins.values()].map(({ late }) => late))).p99;
    const pairsPerPass = count / 2 / Math.max(1, passes);
    points.push({ joinsPerSecond, busy: cpu / tookSeconds, pairsPerPass, p50, p99, lateP99 });
  }
  await queue.close();
  await matchmaker.stop();
  return points;
}

/** From the later join of each room to the later notice, in ms. */
function completions(joins: Iterable<Join>): number[] {
  const rooms = Map.groupBy(
    [...joins].filter(({ toldAt }) => toldAt > 0),
    ({ roomId }) => roomId,
  );
  return [...rooms.values()].map(
    (both) => Math.max(...both.map(({ toldAt }) => toldAt)) - Math.max(...both.map(({ at }) => at)),
  );
}
