/** The model's plots, and those of what was measured beside what was simulated. Pure: values in, SVG out. */
import { figure } from '../markdown.ts';
import { decades, fromZero, steps } from '../plots/axis.ts';
import { drawLines, type Panel } from '../plots/lines.ts';
import { bothThemes } from '../plots/picture.ts';
import { type ThemeName, themes } from '../plots/theme.ts';
import type { Axis, Line } from '../simulation/plot.ts';
import { type Growth, inCells, type Model, oneStack } from './growth.ts';
import type { Measured } from './measured.ts';
import { short } from './report/needs.ts';
import type { Wait } from './waits.ts';

/** Told apart by the colour-blind (after Okabe and Ito), and lighter on a dark ground. */
const palette: Record<ThemeName, string[]> = {
  light: ['#0060a8', '#d55e00', '#007f5f', '#b3478f', '#a87900', '#6e7781'],
  dark: ['#4a9eea', '#ff8a3d', '#35c79b', '#e48cc7', '#e3b341', '#a8b1ba'],
};

const populations = [1e4, 3e4, 1e5, 3e5, 1e6, 3e6, 1e7];
const shares = [0.2, 0.4, 0.6, 0.8, 1];

type Points = [x: number, y: number][];

/** File name → SVG. */
export function plotsOf(model: Model, measured: Measured, waits: { shard: Wait[]; pairing: Wait[] }) {
  return {
    ...bothThemes('needs', (theme) => needsPlot(model, theme)),
    ...bothThemes('bends', (theme) => bendsPlot(model, theme)),
    ...bothThemes('shard-wait', (theme) => waitPlot('A click at one shard', waits.shard, theme)),
    ...bothThemes('pairing-wait', (theme) => waitPlot('A pair at one matchmaker', waits.pairing, theme)),
    ...bothThemes('sockets', (theme) => socketsPlot(measured, theme)),
    ...bothThemes('shards', (theme) => shardsPlot(measured, theme)),
  };
}

const lines = (theme: ThemeName, all: [name: string, points: Points][]): Line[] =>
  all.map(([name, points], i) => ({ name, points, colour: palette[theme][i] ?? '' }));

const panel = (title: string, of: Line[], axis: (values: number[]) => Axis): Panel => ({
  title,
  lines: of,
  y: axis(of.flatMap(({ points }) => points.map(([, y]) => y))),
});

const playersAxis = {
  title: 'players at once',
  ...steps(populations, (value) => (value < 1e6 ? `${value / 1e3}k` : `${value / 1e6}M`)),
};

function needsPlot(model: Model, theme: ThemeName): string {
  const of = (value: (growth: Growth) => number) =>
    lines(
      theme,
      model.figures.mixes.map((mix) => [
        mix.name,
        populations.map((players) => [players, value(inCells(players, mix, model))]),
      ]),
    );
  const axis = (values: number[]) => decades(values, short);
  return drawLines(
    {
      title: 'What so many players need, in cells',
      x: playersAxis,
      panels: [
        panel(
          'gateways',
          of(({ needs }) => needs.gateways),
          axis,
        ),
        panel(
          'shards of Valkey, records included',
          of(({ needs }) => needs.shards + needs.recordShards),
          axis,
        ),
        panel(
          '$ a month',
          of(({ money }) => money.total),
          axis,
        ),
      ],
    },
    themes[theme],
  );
}

/** How much of its one core each hot slot uses in one stack that grows; more than a core there is not. */
function bendsPlot(model: Model, theme: ThemeName): string {
  const [mix] = model.figures.mixes;
  if (!mix) throw new Error('nobody plays');
  const { slots, settings } = model.figures;
  const of = (how: 'alone' | 'crowd') => {
    const share = (used: (growth: Growth) => number): Points =>
      populations.map((players) => [players, used(oneStack(players, mix, model))]);
    return lines(theme, [
      ['results queue', share(({ demand }) => (demand.pairs * slots.results[how]) / 1e6)],
      ['queue of players', share(({ demand }) => (demand.pairs * slots.queue[how]) / 1e6)],
      ['matchmakers’ lock', share(({ demand }) => demand.pairs / model.costs.pairsPerSecond)],
      ['a leaderboard', share(({ demand }) => (demand.joins * slots.board[how]) / 1e6)],
      [
        'a set of due times',
        share(({ demand }) => (demand.events * slots.due[how]) / settings.dueSets.value / 1e6),
      ],
      ['all of a core', share(() => 1)],
    ]);
  };
  const axis = (values: number[]) => decades(values, (value) => `${short(100 * value)} %`);
  return drawLines(
    {
      title: `One stack, ${mix.name}: share of the one core that each of these has`,
      x: playersAxis,
      panels: [panel('each call alone', of('alone'), axis), panel('calls in a crowd', of('crowd'), axis)],
    },
    themes[theme],
  );
}

function waitPlot(title: string, all: Wait[], theme: ThemeName): string {
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

function socketsPlot({ sockets: { points } }: Measured, theme: ThemeName): string {
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

function shardsPlot({ shards: { points } }: Measured, theme: ThemeName): string {
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
