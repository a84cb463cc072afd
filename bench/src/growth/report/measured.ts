import { figure, ms, percent, table } from '../../markdown.ts';
import type { Measured, Part } from '../measured.ts';
import type { UnitCosts } from '../unit-costs.ts';
import type { Wait } from '../waits.ts';

/** One line below each table: when and where it was measured. */
const takenOf = ({ taken: { at, commit, loadBefore, loadAfter } }: Measured[Part]): string =>
  `Measured ${at} at ${commit}, load averages ${figure(loadBefore, 1)} before and ${figure(loadAfter, 1)} after.\n`;

export function costsReport(
  {
    gatewayUs,
    valkeyUs,
    valkeyCommands,
    valkeyBytesIn,
    valkeyBytesOut,
    downBytes,
    upBytes,
    ...costs
  }: UnitCosts,
  { play, drain }: Measured,
): string {
  const row = (
    name: string,
    { click, matchSecond }: { click: number; matchSecond: number },
    decimals = 0,
  ) => [name, figure(click, decimals), figure(matchSecond, decimals)];
  const rows = [
    row('gateways, µs', gatewayUs),
    row('Valkey’s primaries, µs', valkeyUs),
    row('Valkey, commands', valkeyCommands, 1),
    row('to Valkey, bytes', valkeyBytesIn),
    row('from Valkey, bytes', valkeyBytesOut),
    row('to players, bytes with headers', downBytes),
    row('from players, bytes with headers', upBytes),
  ];
  const [first] = play.points;
  return `${table(['', 'a click', 'a second in a match, without clicks'], rows)}
Slopes over ${figure(first?.players ?? 0)} players who click hardly at all and who click as fast as bots, over whole cycles with
matchmaking, golden cookies and results, on four gateways and a cluster of ${figure(first?.shards ?? 0)} shards.
${takenOf(play)}
A pair takes a matchmaker ${figure(costs.pairUs)} µs, and one makes ${figure(costs.pairsPerSecond)} pairs a second out of a long queue.
${takenOf(drain)}`;
}

export const socketsReport = ({ sockets }: Measured): string =>
  `${table(
    ['sockets', 'a click: gateway, µs', 'Valkey, µs', 'a second at rest, µs', 'MB', 'p50, ms', 'p99, ms'],
    sockets.points.map((point) => [
      figure(point.sockets),
      figure(point.clickUs),
      figure(point.valkeyUs),
      figure(point.restUs, 1),
      figure(point.residentMb),
      ms(point.p50),
      ms(point.p99),
    ]),
  )}\n${takenOf(sockets)}`;

export const shardsReport = ({ shards }: Measured): string =>
  `${table(
    [
      'shards',
      'clicks/s',
      '… a connection',
      'gateways, µs',
      'primaries, µs',
      'replicas, µs',
      'p50, ms',
      'p99, ms',
    ],
    shards.points.map((point) => [
      figure(point.shards),
      figure(point.clicksPerSecond),
      figure(point.perConnection),
      figure(point.gatewayUs),
      figure(point.valkeyUs),
      figure(point.replicaUs),
      ms(point.p50),
      ms(point.p99),
    ]),
  )}\n${takenOf(shards)}`;

export const drainReport = ({ drain }: Measured): string =>
  `${table(
    ['waiting', 'pairs/s', 'seconds each', 'matchmaker, µs a pair', 'Valkey, µs a pair', 'pairs a pass'],
    drain.points.map(({ players, pairs, passes, seconds, matchmakerUs, valkeyUs }) => [
      figure(players),
      figure(pairs / seconds),
      figure((seconds * players) / 2 / pairs, 2),
      figure(matchmakerUs),
      figure(valkeyUs),
      figure(pairs / passes),
    ]),
  )}\n${takenOf(drain)}`;

export function waitsReport(waits: Wait[], rate: string, taken: Measured[Part]): string {
  const rows = waits.map(({ busy, perSecond, p50, p99, simulatedP50, simulatedP99 }) => [
    percent(busy, 1, 0),
    figure(perSecond),
    p50 === undefined ? '–' : ms(p50),
    ms(simulatedP50),
    p99 === undefined ? '–' : ms(p99),
    ms(simulatedP99),
  ]);
  const head = ['busy', rate, 'p50, ms: measured', 'simulated', 'p99, ms: measured', 'simulated'];
  return `${table(head, rows)}\n${takenOf(taken)}`;
}
