import { figure, ms, table } from '../markdown.ts';
import { spreadOf } from '../spread.ts';
import { type Verdict, verdicts } from '../verdicts.ts';
import type { Bundle, Size } from './bundle.ts';
import type { Played } from './frames.ts';
import type { Opening } from './opening.ts';
import { longMs } from './trace.ts';

/** Most bytes of scripts, gzipped, that the page may need before anything can be done with it. */
export const mostScript = 60_000;
/** Within which a slow phone must show something, in ms. */
const paintMs = 1_000;
const framesPerSecond = 60;
/** So large a share of them may be missing: the marks fall between frames, and one that is late is no jerk yet. */
const missing = 0.05;

export function bundleReport({ html, first, later }: Bundle): string {
  const row = (name: string, { raw, gzip, brotli }: Size) => [name, ...[raw, gzip, brotli].map(kB)];
  return `${table(
    ['kB (1,000 bytes)', 'as it is', 'gzip', 'brotli'],
    [
      row('the page with what it paints first', html),
      row('scripts at first', first.js),
      row('styles at first', first.css),
      row('scripts when needed', later.js),
      row('styles when needed', later.css),
    ],
  )}\n${verdicts([
    [
      `at most ${kB(mostScript)} kB of scripts at first, gzipped`,
      first.js.gzip <= mostScript,
      `${kB(first.js.gzip)} kB`,
    ],
  ])}`;
}

/** @param kept first contentful paints of a page that the browser had kept, in ms */
export function openingReport(first: Opening[], kept: number[]): string {
  const row = (name: string, values: number[]) => {
    const { p50, max } = spreadOf(Float64Array.from(values));
    return [name, ms(Math.min(...values)), ms(p50), ms(max)];
  };
  const painted = first.map((each) => each.painted);
  const { p50 } = spreadOf(Float64Array.from(painted));
  return `${table(
    ['ms from asking for the page', 'least', 'median', 'most'],
    [
      row('first visit: first contentful paint', painted),
      row(
        'first visit: the button to play is there',
        first.map(({ ready }) => ready),
      ),
      row('kept by the browser, no server: first contentful paint', kept),
    ],
  )}\n${verdicts([[`first contentful paint under ${ms(paintMs)} ms, in the median`, p50 < paintMs, `${ms(p50)} ms`]])}`;
}

/** @param all by how they are called */
export function framesReport(all: [name: string, played: Played][]): string {
  const row = (name: string, of: (played: Played) => string) => [
    name,
    ...all.map(([, played]) => of(played)),
  ];
  const verdict = ([name, { perSecond }]: [string, Played]): Verdict => [
    `${framesPerSecond} frames a second, but for one in ${figure(1 / missing)}, ${name}`,
    perSecond >= framesPerSecond * (1 - missing),
    figure(perSecond, 1),
  ];
  return `${table(
    ['', ...all.map(([name]) => name)],
    [
      row('frames a second', ({ perSecond }) => figure(perSecond, 1)),
      row(`frames longer than ${longMs} ms`, ({ long }) => figure(long)),
      row('the longest, ms', ({ longestMs }) => ms(longestMs)),
      row('processor time a frame, ms: the page', ({ cost }) => ms(cost.page)),
      row('… of that styles and layout', ({ cost }) => ms(cost.layout)),
      row('… compositor and tiles', ({ cost }) => ms(cost.compositor)),
      row('… screens of both pages, without a graphics card', ({ cost }) => ms(cost.screen)),
      row('clicks made, counted', ({ clicks, counted }) => `${figure(clicks)}, ${figure(counted)}`),
    ],
  )}\n${verdicts(all.map(verdict))}`;
}

const kB = (bytes: number) => figure(bytes / 1_000, 1);
