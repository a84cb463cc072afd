/** What was measured, beside what was simulated where it was, as SVG. Pure. */
import { figure } from '../../markdown.ts';
import { decades, fromZero, steps } from '../../plots/axis.ts';
import { drawLines } from '../../plots/lines.ts';
import { type ThemeName, themes } from '../../plots/theme.ts';
import type { Measured } from '../measured.ts';
import { short } from '../report/needs.ts';
import type { Wait } from '../waits.ts';
import { lines, type Points, panel } from './parts.ts';

const shares = [0.2, 0.4, 0.6, 0.8, 1];

export function waitPlot(title: string, all: Wait[], theme: ThemeName): string {
  const waits = all.toSorted((a, b) => a.busy - b.busy);
  const measured = waits.filter(({ p99 }) => p99 !== undefined);
  const points = (some: Wait[], value: (wait: Wait) => number | undefined): Points =>
    some.map((wait) => [wait.busy, value(wait) ?? 0]);
  const panels: [string, Points, Points][] = [
    ['half within (p50)', points(measured, ({ p50 }) => p50), points(waits, (wait) => wait.simulatedP50)],
    [
      '99 in 100 within (p99)',
      points(measured, ({ p99 }) => p99),
      points(waits, (wait) => wait.simulatedP99),
    ],
  ];
  const values = panels.flatMap(([, ...both]) => both.flat().map(([, y]) => y));
  return drawLines(
    {
      title,
      x: {
        title: 'share of the core that is used',
        scale: (value) => Math.min(1, Math.max(0, value)),
        ticks: [0, ...shares].map((at) => ({ at, label: `${100 * at} %` })),
      },
      panels: panels.map(([name, seen, simulated]) =>
        panel(
          name,
          lines(theme, [
            ['measured', seen],
            ['simulated', simulated],
          ]),
          () =>
            decades(values, (value) => (value < 1_000 ? `${short(value)} ms` : `${short(value / 1_000)} s`)),
        ),
      ),
    },
    themes[theme],
  );
}

export function socketsPlot({ sockets: { points } }: Measured, theme: ThemeName): string {
  const of = (value: (point: (typeof points)[number]) => number): Points =>
    points.map((point) => [point.sockets, Math.max(0, value(point))]);
  const axis = (values: number[]) => fromZero(values, (value) => `${figure(value)} µs`);
  return drawLines(
    {
      title: 'One gateway that holds more and more sockets, all of them in matches',
      x: {
        title: 'sockets',
        ...steps(
          points.map(({ sockets }) => sockets),
          (value) => figure(value),
        ),
      },
      panels: [
        panel(
          'a click',
          lines(theme, [
            ['gateway', of(({ clickUs }) => clickUs)],
            ['Valkey', of(({ valkeyUs }) => valkeyUs)],
          ]),
          axis,
        ),
        panel('a second of a socket at rest', lines(theme, [['gateway', of(({ restUs }) => restUs)]]), axis),
      ],
    },
    themes[theme],
  );
}

export function shardsPlot({ shards: { points } }: Measured, theme: ThemeName): string {
  const counts = [...new Set(points.map(({ shards }) => shards))];
  const rates = [...new Set(points.map(({ clicksPerSecond }) => clicksPerSecond))];
  const of = (value: (point: (typeof points)[number]) => number) =>
    lines(
      theme,
      counts.map((count) => [
        `${count} shard${count === 1 ? '' : 's'}`,
        points.filter(({ shards }) => shards === count).map((point) => [point.clicksPerSecond, value(point)]),
      ]),
    );
  const axis = (values: number[]) => fromZero(values, (value) => `${figure(value)} µs`);
  return drawLines(
    {
      title: 'A click on a cluster: two gateways',
      x: { title: 'clicks a second', ...steps(rates, (value) => figure(value)) },
      panels: [
        panel(
          'gateways',
          of(({ gatewayUs }) => gatewayUs),
          axis,
        ),
        panel(
          'primaries',
          of(({ valkeyUs }) => valkeyUs),
          axis,
        ),
        panel(
          'replicas',
          of(({ replicaUs }) => replicaUs),
          axis,
        ),
      ],
    },
    themes[theme],
  );
}
