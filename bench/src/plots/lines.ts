/** Lines in panels side by side that share their x axis, as SVG. Pure: values in, text out. */
import type { Axis, Line } from '../simulation/plot.ts';
import { element, type Markup, polyline } from '../simulation/svg.ts';
import { font, type Theme } from './theme.ts';

export interface Panel {
  title: string;
  y: Axis;
  lines: Line[];
}

export interface Lines {
  title: string;
  x: Axis & { title: string };
  panels: Panel[];
}

const size = { width: 350, height: 260, gap: 74, left: 76, right: 24, top: 92, bottom: 52 };
/** A row of the legend has so many names, so far apart. */
const legend = { columns: 3, width: 220, height: 18 };

/** Draws panels with one legend above them: the lines of the first one. */
export function drawLines({ title, x, panels }: Lines, theme: Theme): string {
  const names = panels[0]?.lines ?? [];
  const legendHeight = legend.height * Math.ceil(names.length / legend.columns);
  const width = Math.max(
    size.left + panels.length * (size.width + size.gap) - size.gap + size.right,
    24 + legend.columns * legend.width,
  );
  const top = size.top + legendHeight - legend.height;
  const height = top + size.height + size.bottom;
  const svg = element(
    'svg',
    {
      ...{ xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height },
      ...{ 'font-family': font, 'font-size': 12, fill: theme.text, role: 'img' },
    },
    element('title', {}, title),
    element('rect', { width, height, fill: theme.ground }),
    element('text', { x: 14, y: 26, 'font-size': 15, 'font-weight': 600 }, title),
    ...names.map((line, i) => entry(line, i)),
    ...panels.map((panel, i) => panelAt(size.left + i * (size.width + size.gap), top, x, panel, theme)),
  );
  return `${svg.text}\n`;
}

function entry({ name, colour }: Line, i: number): Markup {
  const left = 14 + (i % legend.columns) * legend.width;
  const y = 46 + Math.floor(i / legend.columns) * legend.height;
  return element(
    'g',
    {},
    element('line', { x1: left, x2: left + 20, y1: y, y2: y, stroke: colour, 'stroke-width': 2.5 }),
    element('circle', { cx: left + 10, cy: y, r: 3.5, fill: colour }),
    element('text', { x: left + 27, y: y + 4 }, name),
  );
}

function panelAt(left: number, top: number, x: Lines['x'], { title, y, lines }: Panel, theme: Theme): Markup {
  const px = (value: number) => left + x.scale(value) * size.width;
  const py = (value: number) => top + (1 - y.scale(value)) * size.height;
  const rule = (x1: number, y1: number, x2: number, y2: number) =>
    element('line', { x1, y1, x2, y2, stroke: theme.grid });
  const text = (at: { x: number; y: number }, anchor: string, content: string) =>
    element('text', { ...at, 'text-anchor': anchor, fill: theme.faint, 'font-size': 11 }, content);
  const [bottom, middle] = [top + size.height, left + size.width / 2];
  return element(
    'g',
    {},
    element('text', { x: left, y: top - 12, 'font-weight': 600 }, title),
    ...x.ticks.flatMap(({ at, label }) => [
      rule(px(at), top, px(at), bottom),
      text({ x: px(at), y: bottom + 17 }, 'middle', label),
    ]),
    ...y.ticks.flatMap(({ at, label }) => [
      rule(left, py(at), left + size.width, py(at)),
      text({ x: left - 8, y: py(at) + 4 }, 'end', label),
    ]),
    text({ x: middle, y: bottom + 38 }, 'middle', x.title),
    ...lines.flatMap(({ colour, points }) => [
      polyline(
        points.map(([a, b]) => [px(a), py(b)] as const),
        { stroke: colour, 'stroke-width': 2, 'stroke-linejoin': 'round' },
      ),
      ...points.map(([a, b]) => element('circle', { cx: px(a), cy: py(b), r: 3.5, fill: colour })),
    ]),
  );
}
