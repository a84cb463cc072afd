/** Measures what the growth model stands on: each part by itself, in its own processes, on its own Valkey. */
import { loadavg } from 'node:os';
import { runCommand } from '../../../../dev/system/command.ts';
import { machine } from '../../machine.ts';
import { measureDrains } from '../../matchmaking/drain.ts';
import { onCluster, shards as shardsOfPlay } from '../../sizing/on-cluster.ts';
import { measurePlay } from '../../sizing/sockets.ts';
import { onStage, progress, type Stage } from '../../stage.ts';
import { valkeyVersion } from '../../valkey-load.ts';
import { type Measured, type Part, writePart } from '../measured.ts';
import { measureFeed } from './feed.ts';
import { measureShard } from './shard.ts';
import { measureShards } from './shards.ts';
import { measureSockets } from './sockets.ts';

export interface MeasureOptions {
  stop: AbortSignal;
  seed: number;
  /** Shorter, for a look at whether it works: half as long, and without the largest of everything. */
  quick: boolean;
}

type Points<Name extends Part> = Measured[Name]['points'];

/** Short matches, so that those who were paired do not fill the Valkey of a bench of matchmaking. */
const shortMatches = { countdownMs: 500, matchMs: 1_500 };
const clicksPerSecond = 1_000;

const measures: { [Name in Part]: (options: MeasureOptions) => Promise<Points<Name>> } = {
  play: async ({ stop, seed }) => {
    const points: Points<'play'> = [];
    await onCluster(stop, async (stage) => {
      for (const load of await measurePlay(stage, { players: 200, rates: [0.1, 8], seed })) {
        if (!load.wire)
          throw new Error('what goes over the network cannot be measured without `ss` (iproute2)');
        points.push({
          ...{ players: load.players, seconds: load.seconds, clicks: load.clicks, shards: shardsOfPlay },
          ...{ gatewaySeconds: load.gateways.cpuSeconds, valkeySeconds: load.valkey.cpuSeconds },
          ...{ valkeyCommands: load.valkey.commands },
          ...{ valkeyBytesIn: load.valkey.bytesIn, valkeyBytesOut: load.valkey.bytesOut },
          ...{ downBytes: load.wire.bytesOut, upBytes: load.wire.bytesIn },
          ...{ downPackets: load.wire.segmentsOut, upPackets: load.wire.segmentsIn },
        });
      }
    });
    return points;
  },
  sockets: ({ stop, quick }) =>
    alone({ areServicesFirst: true }, stop, (stage) =>
      measureSockets(stage, {
        sockets: quick ? [1_000, 4_000] : [1_000, 2_000, 4_000, 8_000, 16_000],
        ...{ clicksPerSecond, seconds: quick ? 3 : 6 },
      }),
    ),
  shards: ({ stop, quick }) =>
    measureShards(stop, {
      shards: [1, 2, 3],
      ...{ rates: [250, 500, 1_000, 2_000], seconds: quick ? 3 : 8 },
    }),
  shard: ({ stop, seed, quick }) =>
    alone({}, stop, (stage) =>
      measureShard(stage, {
        rates: [1, 3, 6, 9, 12, 15, 18, 21, 24].map((thousand) => 1_000 * thousand),
        ...{ seconds: quick ? 2 : 5, seed },
      }),
    ),
  drain: ({ stop, seed, quick }) =>
    alone({ rules: shortMatches }, stop, async (stage) => {
      const queues = [2_000, 10_000, 100_000, 1_000_000].slice(0, quick ? 2 : 4);
      return (await measureDrains(stage, 1, queues, seed, progress)).map(
        ({ players, pairs, passes, seconds, matchmakerCpuSeconds, valkeyCpuSeconds }) => ({
          ...{ players, pairs, passes, seconds },
          matchmakerUs: (1e6 * matchmakerCpuSeconds) / pairs,
          valkeyUs: (1e6 * valkeyCpuSeconds) / pairs,
        }),
      );
    }),
  feed: ({ stop, seed, quick }) =>
    alone({ rules: shortMatches }, stop, (stage) =>
      measureFeed(stage, {
        rates: [200, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000].slice(0, quick ? 4 : 7),
        ...{ seconds: quick ? 3 : 6, seed },
      }),
    ),
};

/** Measures one part, and keeps it in `docs/growth/measured.json`. */
export async function measurePart<Name extends Part>(part: Name, options: MeasureOptions): Promise<void> {
  const load = () => Number((loadavg()[0] ?? 0).toFixed(2));
  const [loadBefore, at] = [load(), new Date().toISOString().slice(0, 10)];
  const commit = (await runCommand('git', ['rev-parse', '--short', 'HEAD'])).trim();
  let place = '';
  // For the versions alone: each part has a Valkey of its own.
  await onStage({}, options.stop, async ({ valkey, isValkeyFirst }) => {
    place = machine(await valkeyVersion(valkey), isValkeyFirst).trim();
  });
  const points = await measures[part](options);
  const measured = { taken: { at, commit, machine: place, loadBefore, loadAfter: load() }, points };
  await writePart(part, measured as Measured[Name]);
}

async function alone<Result>(
  options: Parameters<typeof onStage>[0],
  stop: AbortSignal,
  work: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const results: Result[] = [];
  await onStage(options, stop, async (stage) => {
    results.push(await work(stage));
  });
  return results[0] as Result;
}
