import { mostWaitMs } from '../../../services/matchmaker/src/tolerance.ts';
import { points } from './bands.ts';
import { probit } from './normal.ts';
import type { Spreads } from './outcome.ts';
import { draw, logarithmic, type Row, transformed } from './plot.ts';
import type { RateResult } from './report.ts';

/** Each as dark as it is common. The colours can be told apart by the colour-blind (Okabe and Ito). */
const lines = [
  { quantile: 'max', name: 'maximum', colour: '#d55e00' },
  { quantile: 'p99', name: 'p99', colour: '#e69f00' },
  { quantile: 'p95', name: 'p95', colour: '#56b4e9' },
  { quantile: 'p50', name: 'median', colour: '#0072b2' },
] as const;

/** Where in its class a class of players is drawn. */
const middles = points.all.map(({ from, to }) => (from + to) / 2);
const [first = 0, last = 1] = [middles[0], middles.at(-1)];

/** The plot: distance and wait against the percentile of the player's rating, at each rate. */
export function figureOf(results: RateResult[]): string {
  const row = (what: keyof Spreads, rest: Omit<Row, 'plots'>): Row => ({
    ...rest,
    plots: results.map((result) =>
      lines.map(({ quantile, name, colour }) => ({
        name,
        colour,
        points: result.points.map((spreads, i) => [middles[i] ?? 0, spreads[what][quantile]]),
      })),
    ),
  });
  return draw({
    title: 'How equal the opponent is, and how long the wait, by rating',
    columns: results.map(
      ({ rate }) => `${rate.toLocaleString('en-US')} join${rate === 1 ? '' : 's'} a second`,
    ),
    x: {
      title: 'percentile of the player’s rating (steps as in a normal curve, so that both tails can be seen)',
      scale: transformed(first, last, probit),
      ticks: [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999].map((at) => ({
        at,
        label: `${+(100 * at).toFixed(3)}`,
      })),
    },
    rows: [
      row('distance', {
        title: 'distance in points',
        y: { scale: logarithmic(10, 4_000), ticks: ticks(10, 30, 100, 300, 1_000, 3_000) },
        mark: { at: 100, label: 'accepted at once', labelIn: 0 },
      }),
      row('wait', {
        title: 'wait',
        y: {
          scale: logarithmic(1, 60_000),
          ticks: [
            ...ticks(1, 10, 100).map(({ at, label }) => ({ at, label: `${label} ms` })),
            ...ticks(1, 10).map(({ at, label }) => ({ at: 1_000 * at, label: `${label} s` })),
          ],
        },
        mark: { at: mostWaitMs, label: 'from here on: anyone who is there', labelIn: results.length - 1 },
      }),
    ],
  });
}

const ticks = (...values: number[]) => values.map((at) => ({ at, label: at.toLocaleString('en-US') }));
