import { figure, table } from '../markdown.ts';
import type { Connections } from './connections.ts';
import type { Cost } from './cost.ts';
import type { KeySize } from './keys.ts';
import type { Load } from './sockets.ts';

export function costsReport(costs: Cost[]): string {
  return table(
    ['', 'times', 'Valkey, µs', 'caller, µs', 'commands', 'bytes more'],
    costs.map(({ what, count, valkeyUs, callerUs, commands, bytes }) => [
      what,
      figure(count),
      figure(valkeyUs, 1),
      figure(callerUs, 1),
      figure(commands, 1),
      figure(bytes),
    ]),
  );
}

export function keysReport(sizes: KeySize[]): string {
  return table(
    ['bytes', 'guest', 'with a picture'],
    sizes.map(({ what, guest, loggedIn }) => [what, figure(guest), figure(loggedIn)]),
  );
}

export function loadsReport(loads: Load[]): string {
  const rows: [string, (load: Load) => string][] = [
    ['players', ({ players }) => figure(players)],
    ['clicks a second', ({ clicks, seconds }) => figure(clicks / seconds)],
    ['gateways', ({ gatewayCount }) => figure(gatewayCount)],
    ['gateways together: share of a core', ({ gateways, seconds }) => share(gateways.cpuSeconds, seconds)],
    ['a gateway: MB', ({ gateways, gatewayCount }) => megabytes(gateways.residentBytes / gatewayCount)],
    ['matchmaker: share of a core', ({ matchmaker, seconds }) => share(matchmaker?.cpuSeconds, seconds)],
    ['matchmaker: MB', ({ matchmaker }) => megabytes(matchmaker?.residentBytes)],
    ['ticker: share of a core', ({ ticker, seconds }) => share(ticker?.cpuSeconds, seconds)],
    ['ticker: MB', ({ ticker }) => megabytes(ticker?.residentBytes)],
    ['Valkey: share of a core', ({ valkey, seconds }) => share(valkey.cpuSeconds, seconds)],
    ['Valkey: commands a second', ({ valkey, seconds }) => figure(valkey.commands / seconds)],
    ['Valkey: kB a second in', ({ valkey, seconds }) => figure(valkey.bytesIn / seconds / 1_000)],
    ['Valkey: kB a second out', ({ valkey, seconds }) => figure(valkey.bytesOut / seconds / 1_000)],
    ['Valkey: MB used', ({ valkey }) => megabytes(valkey.usedBytes, 1)],
    [
      'to players: bytes a second each',
      ({ wire, players, seconds }) => perPlayer(wire?.bytesOut, players, seconds),
    ],
    [
      'from players: bytes a second each',
      ({ wire, players, seconds }) => perPlayer(wire?.bytesIn, players, seconds),
    ],
    [
      'to players: packets a second each',
      ({ wire, players, seconds }) => perPlayer(wire?.segmentsOut, players, seconds),
    ],
    [
      'from players: packets a second each',
      ({ wire, players, seconds }) => perPlayer(wire?.segmentsIn, players, seconds),
    ],
  ];
  return table(
    ['', ...loads.map(({ what }) => what)],
    rows.map(([name, of]) => [name, ...loads.map(of)]),
  );
}

export function connectionsReport({ each, bytes, slotsBytes }: Connections): string {
  const rows = each.map(({ service, primary, replica }) => [service, figure(primary, 1), figure(replica, 1)]);
  return `${table(['connections of one', 'to each primary', 'to each replica'], rows)}\nA connection takes ${figure(bytes)} bytes of a node. Who has which slots is told in ${figure(slotsBytes)} bytes a shard.\n`;
}

const share = (cpuSeconds: number | undefined, seconds: number): string =>
  cpuSeconds === undefined ? '–' : `${figure((100 * cpuSeconds) / seconds, 1)} %`;

const megabytes = (bytes: number | undefined, decimals = 0): string =>
  bytes === undefined ? '–' : figure(bytes / 1e6, decimals);

const perPlayer = (sum: number | undefined, players: number, seconds: number): string =>
  sum === undefined || players === 0 ? '–' : figure(sum / players / seconds, 1);
