import type { Panel } from '../../plots/lines.ts';
import type { ThemeName } from '../../plots/theme.ts';
import type { Axis, Line } from '../../simulation/plot.ts';

/** Told apart by the colour-blind (after Okabe and Ito), and lighter on a dark ground. */
const palette: Record<ThemeName, string[]> = {
  light: ['#0060a8', '#d55e00', '#007f5f', '#b3478f', '#a87900', '#6e7781'],
  dark: ['#4a9eea', '#ff8a3d', '#35c79b', '#e48cc7', '#e3b341', '#a8b1ba'],
};

export type Points = [x: number, y: number][];

/** Named lines in the colours of a theme. */
export const lines = (theme: ThemeName, all: [name: string, points: Points][]): Line[] =>
  all.map(([name, points], i) => ({ name, points, colour: palette[theme][i] ?? '' }));

/** A panel whose axis has room for all of its lines. */
export const panel = (title: string, of: Line[], axis: (values: number[]) => Axis): Panel => ({
  title,
  lines: of,
  y: axis(of.flatMap(({ points }) => points.map(([, y]) => y))),
});
