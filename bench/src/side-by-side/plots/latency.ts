import type { ContenderName } from '../../contenders/contender.ts';
import { figure } from '../../markdown.ts';
import { decades, steps } from '../../plots/axis.ts';
import { drawLines } from '../../plots/lines.ts';
import { type ThemeName, themes } from '../../plots/theme.ts';
import type { RateRounds } from '../measures/clicks.ts';
import { titles } from '../names.ts';
import { medianOf } from '../reports/cell.ts';
import { p50, p99 } from '../reports/clicks.ts';
import { colours } from './colours.ts';

/** Latency against the rate of clicks. */
export function latencyPlot(all: RateRounds[], names: readonly ContenderName[], theme: ThemeName): string {
  const lines = (of: typeof p50) =>
    names.map((name) => ({
      name: titles[name],
      colour: colours[theme][name],
      points: all.flatMap(({ clicksPerSecond, rounds }) => {
        const value = medianOf(rounds, name, of);
        return value ? [[clicksPerSecond, value] as [number, number]] : [];
      }),
    }));
  const panels = [
    { title: 'half of the clicks within (p50)', lines: lines(p50) },
    { title: '99 in 100 within (p99)', lines: lines(p99) },
  ];
  const values = panels.flatMap((panel) => panel.lines.flatMap(({ points }) => points.map(([, y]) => y)));
  const y = decades(values, (value) => `${figure(value, value < 1 ? 1 : 0)} ms`);
  return drawLines(
    {
      title: "Click to the opponent's socket",
      x: {
        title: 'clicks a second',
        ...steps(
          all.map(({ clicksPerSecond }) => clicksPerSecond),
          (value) => figure(value),
        ),
      },
      panels: panels.map((panel) => ({ ...panel, y })),
    },
    themes[theme],
  );
}
