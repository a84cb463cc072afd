import { Fresh } from '@overcookied/shared/fresh.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import { nodeName, primaries, type Valkey } from '@overcookied/shared/valkey.ts';

/** All metrics of a scrape are from one answer, which may be so old, in ms. */
const freshMs = 500;

type Labels = 'valkey' | 'node';

/** A node's own figures, by the names that `INFO` gives them. */
interface NodeInfo {
  labels: Record<Labels, string>;
  figures: Map<string, number>;
}

/**
 * What each Valkey says of itself. Every ticker tells the same of a node.
 *
 * @param valkeys by the name to show: what they are for
 */
export function measureValkeys(valkeys: Record<string, Valkey>, metrics: Metrics): void {
  const infos = new Fresh(
    async () =>
      (await Promise.all(Object.entries(valkeys).map(([name, valkey]) => readInfos(name, valkey)))).flat(),
    freshMs,
  );
  /** @param figure undefined where the node does not say */
  const each = (figure: (figures: Map<string, number>) => number | undefined) => async () =>
    (await infos.read()).flatMap(({ labels, figures }) => {
      const value = figure(figures);
      return value === undefined ? [] : [{ labels, value }];
    });
  const labels: Labels[] = ['valkey', 'node'];
  metrics.gauges(
    'valkey_memory_bytes',
    'Memory that Valkey uses.',
    labels,
    each((of) => of.get('used_memory')),
  );
  metrics.gauges(
    'valkey_memory_limit_bytes',
    'Memory that Valkey may use, its maxmemory; none where that is not set.',
    labels,
    // 0 is no limit.
    each((of) => of.get('maxmemory') || undefined),
  );
  metrics.gauges(
    'valkey_clients',
    'Connections to Valkey.',
    labels,
    each((of) => of.get('connected_clients')),
  );
  metrics.gauges(
    'valkey_replicas',
    'Replicas of this primary.',
    labels,
    each((of) => of.get('connected_slaves')),
  );
  metrics.counters(
    'valkey_commands_total',
    'Commands that Valkey has processed.',
    labels,
    each((of) => of.get('total_commands_processed')),
  );
  metrics.counters(
    'valkey_cpu_seconds_total',
    'Processor time of the thread that runs all commands: it has one processor at most.',
    labels,
    each((of) => {
      const [user, system] = ['user', 'sys'].map((kind) => of.get(`used_cpu_${kind}_main_thread`));
      return user === undefined || system === undefined ? undefined : user + system;
    }),
  );
  metrics.counters(
    'valkey_evicted_keys_total',
    'Keys that Valkey has thrown away for want of memory.',
    labels,
    each((of) => of.get('evicted_keys')),
  );
}

const readInfos = (name: string, valkey: Valkey): Promise<NodeInfo[]> =>
  Promise.all(primaries(valkey).map((node) => readInfo(name, node)));

async function readInfo(name: string, node: ReturnType<typeof primaries>[number]): Promise<NodeInfo> {
  const figures = new Map<string, number>();
  for (const [, figure = '', value] of (await node.info()).matchAll(/^(\w+):([\d.]+)\r?$/gm))
    figures.set(figure, Number(value));
  return { labels: { valkey: name, node: nodeName(node) }, figures };
}
