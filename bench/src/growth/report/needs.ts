import { figure, table } from '../../markdown.ts';
import type { Growth } from '../growth.ts';

export interface Column {
  players: number;
  mix: string;
  growth: Growth;
}

/** What so many players need, with the same rows for each. */
export function needsReport(columns: Column[]): string {
  const rows: [string, (growth: Growth) => string][] = [
    ['clicks a second', ({ demand }) => short(demand.clicks)],
    ['matches begun, and recorded, a second', ({ demand }) => short(demand.pairs)],
    ['cells', ({ needs }) => figure(needs.cells)],
    ['gateways, pods', ({ needs }) => figure(needs.gateways)],
    ['… cores that they use', ({ needs }) => short(needs.gatewayCores)],
    ['matchmakers, pods', ({ needs }) => figure(needs.matchmakers)],
    ['tickers, pods', ({ needs }) => figure(needs.tickers)],
    ['cores that all pods ask for', ({ needs }) => short(needs.podCores)],
    ['machines of 8 cores', ({ needs }) => figure(needs.nodes)],
    ['Valkey, shards of matches', ({ needs }) => figure(needs.shards)],
    ['… cores that its primaries use', ({ needs }) => short(needs.valkeyCores)],
    ['… by memory alone, shards', ({ needs }) => figure(needs.shardsByMemory)],
    ['… memory', ({ needs }) => bytes(needs.matchBytes)],
    ['… commands a second, those of scripts too', ({ needs }) => short(needs.valkeyCommands)],
    ['… network', ({ needs }) => bits(8 * needs.valkeyBytes)],
    ['… of it who has which slots', ({ needs }) => bits(8 * needs.slotMapBytes)],
    ['… of each primary', ({ needs }) => bits((8 * needs.valkeyBytes) / needs.shards)],
    ['… connections to each primary', ({ needs }) => figure(needs.connectionsPerPrimary)],
    ['load balancers: open connections', ({ needs }) => short(needs.loadBalancerConnections)],
    ['to players, with headers', ({ needs }) => bits(needs.downBits)],
    ['from players, with headers', ({ needs }) => bits(needs.upBits)],
    ['records: accounts', ({ needs }) => bytes(needs.accountBytes)],
    ['records: replays', ({ needs }) => bytes(needs.replayBytes)],
    ['records: shards', ({ needs }) => figure(needs.recordShards)],
    ['$ a month: machines', ({ money }) => short(money.machines)],
    ['… Valkey of the matches', ({ money }) => short(money.valkey)],
    ['… records', ({ money }) => short(money.records)],
    ['… to players: internet, load balancers', ({ money }) => short(money.internet)],
    ['… between zones', ({ money }) => short(money.betweenZones)],
    ['… control planes, NAT, alarms and so on', ({ money }) => short(money.around)],
    ['**$ a month**', ({ money }) => `**${short(money.total)}**`],
    ['$ a month for a player at the peak', ({ demand, money }) => figure(money.total / demand.players, 2)],
  ];
  return table(
    ['', ...columns.map(({ players, mix }) => `${short(players)}, ${mix}`)],
    rows.map(([name, of]) => [name, ...columns.map(({ growth }) => of(growth))]),
  );
}

/** Three digits, and words for what is large: a model knows no more. */
export function short(exact: number): string {
  const value = Number(exact.toPrecision(3));
  for (const [unit, name] of [
    [1e9, ' billion'],
    [1e6, ' million'],
  ] as const)
    if (value >= unit) return `${digits(value / unit)}${name}`;
  return digits(value);
}

const bytes = (value: number) => inUnits(value, ['kB', 'MB', 'GB', 'TB', 'PB']);
const bits = (value: number) => inUnits(value, ['kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s']);

function inUnits(value: number, units: string[]): string {
  let [of, i] = [value / 1_000, 0];
  for (; of >= 1_000 && i < units.length - 1; i++) of /= 1_000;
  return `${digits(of)} ${units[i]}`;
}

const digits = (value: number) => value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
