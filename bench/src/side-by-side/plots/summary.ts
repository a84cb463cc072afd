/** The one plot that says it all: each contender's latency and cost at some rates, as SVG. */
import type { ClicksRound } from '../../contenders/clicks.ts';
import type { ContenderName } from '../../contenders/contender.ts';
import { figure, ms, percent } from '../../markdown.ts';
import { decades, fromZero } from '../../plots/axis.ts';
import { font, type Theme, type ThemeName, themes } from '../../plots/theme.ts';
import type { Axis } from '../../simulation/plot.ts';
import { element, type Markup } from '../../simulation/svg.ts';
import type { RateRounds } from '../measures/clicks.ts';
import { captions, titles } from '../names.ts';
import { medianOf } from '../reports/cell.ts';
import { p50, p99, wholeUs } from '../reports/clicks.ts';
import { succeeded } from '../turns.ts';
import { colours } from './colours.ts';

/** Rates that are shown, where they were measured. */
const shown = [2_000, 4_000];
const size = {
  label: 168,
  rate: 56,
  panel: 250,
  // So wide that what is lost can be told beside the latest p99.
  gap: 112,
  right: 46,
  top: 84,
  row: 18,
  between: 12,
  bottom: 34,
};

/** What one contender has to show at one rate. */
interface Bar {
  name: ContenderName;
  clicksPerSecond: number;
  p50: number;
  p99: number;
  gatewayUs: number;
  wholeUs: number;
  lostShare: number;
  /** Of the middle, in pixels. */
  y: number;
}

export function summaryPlot(all: RateRounds[], names: readonly ContenderName[], theme: ThemeName): string {
  const rates = all.filter(({ clicksPerSecond }) => shown.includes(clicksPerSecond));
  const block = Math.max(1, rates.length) * size.row + size.between;
  const bars = names.flatMap((name, i) =>
    rates.flatMap((rate, j) => barOf(rate, name, size.top + i * block + (j + 0.5) * size.row)),
  );
  const latency = decades([0.1, ...bars.flatMap((bar) => [bar.p50, bar.p99])], (value) =>
    figure(value, value < 1 ? 1 : 0),
  );
  const cost = fromZero(
    bars.map((bar) => bar.wholeUs),
    (value) => figure(value),
  );
  const left = size.label + size.rate;
  const right = left + size.panel + size.gap;
  const [width, height] = [right + size.panel + size.right, size.top + names.length * block + size.bottom];
  const look = themes[theme];
  const bottom = height - size.bottom;
  const svg = element(
    'svg',
    {
      ...{ xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height },
      ...{ 'font-family': font, 'font-size': 12, fill: look.text, role: 'img' },
    },
    element('title', {}, 'Click to opponent, and processor time a click, of each contender'),
    element('rect', { width, height, fill: look.ground }),
    ...heading(left, "Click to the opponent's socket, ms", 'from p50 to p99, logarithmic', look),
    ...heading(right, 'Processor time a click, µs', 'gateways (full) and Valkey (light)', look),
    ...gridOf(latency, left, bottom, look),
    ...gridOf(cost, right, bottom, look),
    ...names.map((name, i) => {
      const y = size.top + i * block + (block - size.between) / 2;
      return element(
        'g',
        {},
        element('text', { x: 14, y: y - 2, 'font-weight': 600, fill: colours[theme][name] }, titles[name]),
        element('text', { x: 14, y: y + 13, fill: look.faint, 'font-size': 11 }, captions[name]),
      );
    }),
    ...bars.flatMap((bar) => [
      ...rateOf(bar, left, look),
      ...latencyOf(bar, latency, left, colours[theme][bar.name]),
      ...costOf(bar, cost, right, colours[theme][bar.name]),
    ]),
  );
  return `${svg.text}\n`;
}

function barOf({ clicksPerSecond, rounds }: RateRounds, name: ContenderName, y: number): Bar[] {
  const of = (what: (round: ClicksRound) => number) => medianOf(rounds, name, what);
  const done = succeeded(rounds[name]);
  if (done.length === 0) return [];
  const sum = (what: (round: ClicksRound) => number) => done.reduce((total, round) => total + what(round), 0);
  return [
    {
      ...{ name, clicksPerSecond, y, p50: of(p50) ?? 0, p99: of(p99) ?? 0 },
      ...{ wholeUs: of(wholeUs) ?? 0, gatewayUs: of((round) => round.gatewayUs) ?? 0 },
      lostShare: sum(({ unseen }) => unseen) / sum(({ clicks }) => clicks),
    },
  ];
}

const heading = (x: number, title: string, more: string, { faint }: Theme): Markup[] => [
  element('text', { x, y: 26, 'font-weight': 600, 'font-size': 14 }, title),
  element('text', { x, y: 44, fill: faint, 'font-size': 11 }, more),
];

const gridOf = ({ scale, ticks }: Axis, left: number, bottom: number, { grid, faint }: Theme): Markup[] =>
  ticks.flatMap(({ at, label }) => {
    const x = left + scale(at) * size.panel;
    const style = { 'text-anchor': 'middle', fill: faint, 'font-size': 11 };
    return [
      element('line', { x1: x, x2: x, y1: size.top - 10, y2: bottom, stroke: grid }),
      element('text', { x, y: bottom + 16, ...style }, label),
      element('text', { x, y: size.top - 17, ...style }, label),
    ];
  });

const rateOf = ({ clicksPerSecond, y }: Bar, left: number, { faint }: Theme): Markup[] => [
  element(
    'text',
    { x: left - 12, y: y + 4, 'text-anchor': 'end', fill: faint, 'font-size': 11 },
    `${figure(clicksPerSecond)}/s`,
  ),
];

function latencyOf(bar: Bar, { scale }: Axis, left: number, colour: string): Markup[] {
  const [from, to] = [left + scale(bar.p50) * size.panel, left + scale(bar.p99) * size.panel];
  const text = (x: number, anchor: string, content: string) =>
    element('text', { x, y: bar.y + 4, 'text-anchor': anchor, 'font-size': 11 }, content);
  const lost = bar.lostShare > 0 ? `, ${percent(bar.lostShare, 1, 1)} lost` : '';
  return [
    element('line', {
      x1: from,
      x2: to,
      y1: bar.y,
      y2: bar.y,
      stroke: colour,
      'stroke-width': 5,
      'stroke-opacity': 0.45,
    }),
    ...[from, to].map((cx) => element('circle', { cx, cy: bar.y, r: 4.5, fill: colour })),
    text(from - 9, 'end', ms(bar.p50)),
    text(to + 9, 'start', `${ms(bar.p99)}${lost}`),
  ];
}

function costOf(bar: Bar, { scale }: Axis, left: number, colour: string): Markup[] {
  const [gateways, whole] = [scale(bar.gatewayUs) * size.panel, scale(bar.wholeUs) * size.panel];
  const style = { y: bar.y - 6, height: 12, fill: colour };
  return [
    element('rect', { x: left, width: gateways, ...style }),
    element('rect', {
      x: left + gateways,
      width: Math.max(0, whole - gateways),
      ...style,
      'fill-opacity': 0.4,
    }),
    element('text', { x: left + whole + 7, y: bar.y + 4, 'font-size': 11 }, figure(bar.wholeUs)),
  ];
}
