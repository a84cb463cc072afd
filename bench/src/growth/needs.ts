import type { Demand } from './demand.ts';
import type { Figures } from './figures.ts';
import type { UnitCosts } from './unit-costs.ts';

/** What one stack, or some cells of them together, need. */
export interface Needs {
  cells: number;
  gateways: number;
  matchmakers: number;
  tickers: number;
  /** Cores that are used by gateways, and by Valkey's primaries. */
  gatewayCores: number;
  valkeyCores: number;
  /** Cores that all pods ask for. */
  podCores: number;
  /** Machines for the pods: as many as carry them when a zone fails. */
  nodes: number;
  /** Shards of the matches' Valkey, and what each of two reasons alone would ask for. */
  shards: number;
  shardsByCpu: number;
  shardsByMemory: number;
  matchBytes: number;
  /** Between pods and the matches' Valkey, in bytes a second. */
  valkeyBytes: number;
  valkeyCommands: number;
  /** Connections of pods to one primary: of each cell's. */
  connectionsPerPrimary: number;
  /** What gateways are told of who has which slots, in bytes a second. */
  slotMapBytes: number;
  /** Open connections at load balancers. */
  loadBalancerConnections: number;
  /** To and from players, headers included, in bits a second. */
  downBits: number;
  upBits: number;
  recordShards: number;
  accountBytes: number;
  replayBytes: number;
}

/** What one stack needs for this. Fractions of pods are whole pods here, and there is at least one in each zone. */
export function needsOf(
  demand: Demand,
  costs: UnitCosts,
  { costs: each, settings, assumed }: Figures,
): Needs {
  const { busiest, leastPods, replicas, zones } = values(settings);
  const playing = (cost: { click: number; matchSecond: number }) =>
    cost.click * demand.clicks + cost.matchSecond * demand.inMatch;
  const gatewayCores =
    (playing(costs.gatewayUs) +
      each.connectedUs.value * (demand.players - demand.inMatch) +
      each.waitingUs.value * demand.waiting) /
    1e6;
  const pods = (wanted: number) => Math.max(leastPods, Math.ceil(wanted));
  const gateways = pods(
    Math.max(
      demand.players / settings.socketsPerGateway.value,
      gatewayCores / (settings.gatewayCores.value * busiest),
    ),
  );
  const matchmakers = pods((demand.pairs * costs.pairUs) / 1e6 / busiest);
  const tickers = pods(demand.events / settings.eventsPerTicker.value);
  const podCores =
    gateways * settings.gatewayCores.value +
    matchmakers * settings.matchmakerCores.value +
    tickers * settings.tickerCores.value;
  const shardBytes = settings.shardGigabytes.value * 1e9 * settings.fullest.value;
  const valkeyCores = playing(costs.valkeyUs) / 1e6;
  const matchBytes =
    each.presenceBytes.value * demand.players +
    each.ticketBytes.value * demand.waiting +
    each.matchBytes.value * demand.matches +
    each.endedMatchBytes.value * demand.endedMatches;
  const shardsByCpu = Math.ceil(valkeyCores / busiest);
  const shardsByMemory = Math.ceil(matchBytes / shardBytes);
  const shards = Math.max(1, shardsByCpu, shardsByMemory);
  const accountBytes = each.accountBytes.value * demand.players * assumed.accountsPerPlayer.value;
  const replayBytes =
    (each.replayBytes.value * demand.pairs * settings.replayDays.value * 86_400) /
    assumed.peakToAverage.value;
  return {
    cells: 1,
    ...{ gateways, matchmakers, tickers, gatewayCores, valkeyCores, podCores },
    nodes: zones * Math.ceil(podCores / (zones - 1) / settings.nodeCores.value),
    ...{ shards, shardsByCpu, shardsByMemory, matchBytes },
    valkeyBytes: playing(costs.valkeyBytesIn) + playing(costs.valkeyBytesOut),
    valkeyCommands: playing(costs.valkeyCommands),
    connectionsPerPrimary:
      gateways * each.gatewayConnections.value +
      matchmakers * each.matchmakerConnections.value +
      tickers * each.tickerConnections.value +
      replicas,
    slotMapBytes: gateways * shards * each.slotMapBytes.value * each.slotMapsPerSecond.value,
    loadBalancerConnections: demand.players,
    downBits: 8 * playing(costs.downBytes),
    upBits: 8 * playing(costs.upBytes),
    recordShards: Math.max(
      Math.ceil((accountBytes + replayBytes) / shardBytes),
      Math.ceil((demand.pairs * each.recordUs.value) / 1e6 / busiest),
    ),
    ...{ accountBytes, replayBytes },
  };
}

/** The same for each of some equal cells, all of them together. */
export function timesCells(needs: Needs, cells: number): Needs {
  const sums = Object.entries(needs).map(([name, value]) => [
    name,
    name === 'connectionsPerPrimary' ? value : value * cells,
  ]);
  return Object.fromEntries(sums) as Needs;
}

const values = <Name extends string>(figures: Record<Name, { value: number }>): Record<Name, number> =>
  Object.fromEntries(
    Object.entries<{ value: number }>(figures).map(([name, { value }]) => [name, value]),
  ) as Record<Name, number>;
