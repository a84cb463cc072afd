/** Small plots side by side, all with the same axes in a row, as SVG. Pure: values in, text out. */
import { element, type Markup, polyline } from './svg.ts';

/** Where a value is, from 0 to 1; values beyond the ends are at the ends. */
export type Scale = (value: number) => number;

export interface Axis {
  scale: Scale;
  ticks: { at: number; label: string }[];
}

export interface Line {
  name: string;
  colour: string;
  points: [x: number, y: number][];
}

/** Some plots with the same y axis. */
export interface Row {
  title: string;
  y: Axis;
  /** A value worth a line of its own, with a label in the plot that has room for it, counted from 0. */
  mark: { at: number; label: string; labelIn: number };
  /** One list of lines for each plot. */
  plots: Line[][];
}

export interface Sheet {
  title: string;
  /** Above each column. */
  columns: string[];
  x: Axis & { title: string };
  rows: Row[];
}

const size = {
  plotWidth: 205,
  plotHeight: 200,
  gap: 14,
  rowGap: 42,
  left: 64,
  right: 14,
  top: 100,
  bottom: 50,
};
const grey = { text: '#333333', grid: '#e4e4e4', mark: '#8a8a8a' };
const font = 'system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif';

const ascending = (from: number, to: number, at: number) =>
  Math.min(1, Math.max(0, (at - from) / (to - from)));

/** Equal steps for equal factors. */
export const logarithmic =
  (from: number, to: number): Scale =>
  (value) =>
    value <= from ? 0 : ascending(Math.log(from), Math.log(to), Math.log(value));

/** Equal steps for equal steps of what `transform` makes of a value. */
export const transformed =
  (from: number, to: number, transform: (value: number) => number): Scale =>
  (value) =>
    ascending(transform(from), transform(to), transform(value));

/** Draws a sheet. It has a white ground, so that it can be read in a dark page too. */
export function draw({ title, columns, x, rows }: Sheet): string {
  const width = size.left + columns.length * (size.plotWidth + size.gap) - size.gap + size.right;
  const height = size.top + rows.length * (size.plotHeight + size.rowGap) - size.rowGap + size.bottom;
  const leftOf = (column: number) => size.left + column * (size.plotWidth + size.gap);
  const topOf = (row: number) => size.top + row * (size.plotHeight + size.rowGap);
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      'font-family': font,
      'font-size': 11,
      fill: grey.text,
      role: 'img',
    },
    element('title', {}, title),
    element('rect', { width, height, fill: '#ffffff' }),
    element('text', { x: 12, y: 24, 'font-size': 15, 'font-weight': 600 }, title),
    legend(rows[0]?.plots[0] ?? []),
    ...columns.map((label, i) =>
      element(
        'text',
        { x: leftOf(i) + size.plotWidth / 2, y: size.top - 28, 'text-anchor': 'middle', 'font-weight': 600 },
        label,
      ),
    ),
    ...rows.flatMap((row, i) => [
      element('text', { x: 12, y: topOf(i) - 9, 'font-weight': 600 }, row.title),
      ...row.plots.map((lines, j) => plotAt(leftOf(j), topOf(i), x, row, lines, j)),
    ]),
    element(
      'text',
      { x: (size.left + width - size.right) / 2, y: height - 12, 'text-anchor': 'middle' },
      x.title,
    ),
  );
  return `${svg.text}\n`;
}

function legend(lines: Line[]): Markup {
  return element(
    'g',
    {},
    ...lines.flatMap(({ name, colour }, i) => {
      const left = 12 + i * 95;
      return [
        polyline(
          [
            [left, 42],
            [left + 22, 42],
          ],
          { stroke: colour, 'stroke-width': 2.5 },
        ),
        element('text', { x: left + 28, y: 46 }, name),
      ];
    }),
  );
}

function plotAt(left: number, top: number, x: Axis, row: Row, lines: Line[], column: number): Markup {
  const { plotWidth: width, plotHeight: height } = size;
  const px = (value: number) => left + x.scale(value) * width;
  const py = (value: number) => top + (1 - row.y.scale(value)) * height;
  const rule = (x1: number, y1: number, x2: number, y2: number, style: Record<string, string | number>) =>
    element('line', { x1, y1, x2, y2, ...style });
  return element(
    'g',
    {},
    ...x.ticks.flatMap(({ at, label }) => [
      rule(px(at), top, px(at), top + height, { stroke: grey.grid }),
      element('text', { x: px(at), y: top + height + 14, 'text-anchor': 'middle', 'font-size': 10 }, label),
    ]),
    ...row.y.ticks.flatMap(({ at, label }) => [
      rule(left, py(at), left + width, py(at), { stroke: grey.grid }),
      ...(column === 0 ? [element('text', { x: left - 6, y: py(at) + 4, 'text-anchor': 'end' }, label)] : []),
    ]),
    rule(left, py(row.mark.at), left + width, py(row.mark.at), {
      stroke: grey.mark,
      'stroke-dasharray': '4 3',
    }),
    ...lines.map(({ colour, points }) =>
      polyline(
        points.map(([a, b]) => [px(a), py(b)] as const),
        { stroke: colour, 'stroke-width': 2, 'stroke-linejoin': 'round' },
      ),
    ),
    element('rect', { x: left, y: top, width, height, fill: 'none', stroke: '#9a9a9a' }),
    ...(column === row.mark.labelIn
      ? [element('text', { x: left + 5, y: py(row.mark.at) - 4, 'font-size': 10 }, row.mark.label)]
      : []),
  );
}
