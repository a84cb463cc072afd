/** What the model reckons, as SVG. Pure. */
import { decades, steps } from '../../plots/axis.ts';
import { drawLines } from '../../plots/lines.ts';
import { type ThemeName, themes } from '../../plots/theme.ts';
import { type Growth, inCells, type Model, oneStack } from '../growth.ts';
import { short } from '../report/needs.ts';
import { lines, type Points, panel } from './parts.ts';

const populations = [1e4, 3e4, 1e5, 3e5, 1e6, 3e6, 1e7];
const playersAxis = {
  title: 'players at once',
  ...steps(populations, (value) => (value < 1e6 ? `${value / 1e3}k` : `${value / 1e6}M`)),
};

export function needsPlot(model: Model, theme: ThemeName): string {
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
export function bendsPlot(model: Model, theme: ThemeName): string {
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
