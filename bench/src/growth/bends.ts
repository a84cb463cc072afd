import type { Mix } from './figures.ts';
import { type Model, oneStack } from './growth.ts';

/** A number that one stack cannot grow beyond, or not as it is. */
export interface Bend {
  what: string;
  /** A setting of this repository, a quota to ask AWS for, an end that AWS or Kubernetes has, or the design. */
  kind: 'setting' | 'quota' | 'end' | 'design';
  /** At so many players; from the worst reckoning to the best where there are two. */
  least: number;
  most: number;
  /** What is done about it. */
  answer: string;
}

/** So many are reckoned with, so that whole pods and shards do not matter. */
const many = 1e7;

/** Where one stack that just grows comes to an end, the first end first. */
export function bendsOf(mix: Mix, model: Model): Bend[] {
  const { demand, needs } = oneStack(many, mix, model);
  const { slots, settings, limits, costs } = model.figures;
  const busiest = settings.busiest.value;
  const bend = (
    what: string,
    kind: Bend['kind'],
    allowed: number | [least: number, most: number],
    used: number,
    answer: string,
  ): Bend => {
    const [least, most] = typeof allowed === 'number' ? [allowed, allowed] : allowed;
    return { what, kind, least: (many * least) / used, most: (many * most) / used, answer };
  };
  /** A slot is one core of one shard. */
  const slot = (name: keyof typeof slots): [number, number] => [
    (busiest * 1e6) / slots[name].alone,
    (busiest * 1e6) / slots[name].crowd,
  ];
  const copies = 1 + settings.replicas.value;
  const shards = (nodes: number) => nodes / copies;
  const cell = 'cells: each has its own';
  const shardsNeeded = Math.max(needs.shardsByCpu, needs.shardsByMemory);
  return [
    bend(
      `${settings.mostShards.value} shards, as \`infra\` allows`,
      'setting',
      settings.mostShards.value,
      shardsNeeded,
      'raise it, with the quota; then cells',
    ),
    bend(
      `${limits.quotaNodes.value} nodes in a cluster of ElastiCache`,
      'quota',
      shards(limits.quotaNodes.value),
      shardsNeeded,
      'ask AWS; then cells',
    ),
    bend(
      `${limits.mostNodes.value} nodes in a cluster of ElastiCache`,
      'end',
      shards(limits.mostNodes.value),
      shardsNeeded,
      cell,
    ),
    bend(
      `cluster bus: ${limits.busNodes.value} nodes gossip for an eighth of a core each`,
      'end',
      shards(limits.busNodes.value),
      shardsNeeded,
      'cells stay far below it',
    ),
    bend(
      `${settings.mostGateways.value} gateways, as the autoscaler may start`,
      'setting',
      settings.mostGateways.value,
      needs.gateways,
      'raise it; then cells',
    ),
    bend(
      `${limits.targets.value.toLocaleString('en-US')} targets of a load balancer`,
      'quota',
      limits.targets.value,
      needs.gateways,
      'ask AWS; then cells: each has its own balancer',
    ),
    bend(
      `${settings.mostTickers.value} tickers, as the autoscaler may start`,
      'setting',
      settings.mostTickers.value,
      needs.tickers,
      'raise it; then cells',
    ),
    bend(
      'results: BullMQ’s queue is one slot',
      'design',
      slot('results'),
      demand.pairs,
      'cells; a queue for each where records are shared',
    ),
    bend('queue of players: one slot', 'design', slot('queue'), demand.pairs, cell),
    bend('waking matchmakers: BullMQ’s queue is one slot', 'design', slot('wake'), demand.joins, cell),
    bend(
      'the matchmakers’ lock: one pairs at a time',
      'design',
      busiest * model.costs.pairsPerSecond,
      demand.pairs,
      `${cell}; a queue in parts has a lock for each`,
    ),
    bend(
      'each leaderboard: one key',
      'design',
      slot('board'),
      demand.joins,
      'cells; boards in parts where records are shared',
    ),
    bend(
      `due times: ${settings.dueSets.value} sets`,
      'design',
      slot('due'),
      demand.events / settings.dueSets.value,
      cell,
    ),
    bend(
      'gateways’ signs of life: one key',
      'design',
      slot('gateways'),
      needs.gateways * settings.beatsPerSecond.value,
      cell,
    ),
    bend(
      `${limits.nodeConnections.value.toLocaleString('en-US')} connections to a node of ElastiCache`,
      'end',
      limits.nodeConnections.value,
      needs.gateways * costs.gatewayConnections.value,
      cell,
    ),
    bend(
      `${limits.pods.value.toLocaleString('en-US')} pods of a Kubernetes cluster`,
      'end',
      limits.pods.value,
      needs.gateways + needs.matchmakers + needs.tickers,
      cell,
    ),
  ].sort((a, b) => a.least - b.least || a.most - b.most);
}
