/** What a click costs when matches are spread over more and more shards, and when its connections are busier. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Contender } from '../../contenders/contender.ts';
import { onCluster } from '../../sizing/on-cluster.ts';
import { progress } from '../../stage.ts';
import { costOfEach, usedBy } from './used.ts';

export interface ShardsOptions {
  shards: number[];
  /** Clicks a second, rising. */
  rates: number[];
  seconds: number;
}

/** So many clicks a second over two gateways and some shards, each of which has a replica. */
export interface ShardsPoint {
  shards: number;
  clicksPerSecond: number;
  /** Clicks a second from each gateway to each shard. */
  perConnection: number;
  /** Processor time of both gateways for a click, without what they use at rest, in µs. */
  gatewayUs: number;
  /** Of all primaries for a click, likewise. */
  valkeyUs: number;
  /** Of all replicas for a click, likewise. */
  replicaUs: number;
  p50: number;
  p99: number;
}

const gateways = 2;
const players = 200;
const warmUp = { clicksPerSecond: 2_000, seconds: 4 };

export async function measureShards(
  stop: AbortSignal,
  { shards, rates, seconds }: ShardsOptions,
): Promise<ShardsPoint[]> {
  const points: ShardsPoint[] = [];
  for (const count of shards) {
    await onCluster(
      stop,
      async (stage) => {
        const contender = await Contender.start(stage, 'node', gateways);
        const pids = stage.cluster.nodes.map(({ pid }) => pid);
        const groups = [contender.pids, pids.slice(0, count), pids.slice(count)];
        const { load, begin } = await contender.connect(players);
        try {
          await begin();
          await load.play(warmUp);
          const rest = await usedBy(groups, () => sleep(1_000 * seconds));
          for (const clicksPerSecond of rates) {
            progress(`${count} shards, ${clicksPerSecond} clicks a second`);
            let played: Awaited<ReturnType<typeof load.play>> | undefined;
            const busy = await usedBy(groups, async () => {
              played = await load.play({ clicksPerSecond, seconds });
            });
            if (!played) throw new Error('nobody played');
            const { clicks, latency } = played;
            const us = (group: number) => costOfEach({ busy, rest, group, count: clicks });
            points.push({
              ...{ shards: count, clicksPerSecond, perConnection: clicksPerSecond / gateways / count },
              ...{ gatewayUs: us(0), valkeyUs: us(1), replicaUs: us(2), p50: latency.p50, p99: latency.p99 },
            });
          }
        } finally {
          await load.close();
        }
      },
      count,
    );
  }
  return points;
}
