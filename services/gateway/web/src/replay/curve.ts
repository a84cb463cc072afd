/** The scores of a match as two lines on a chart. */
import type { Role } from '@overcookied/shared/protocol.ts';
import { ticksUpTo } from './ticks.ts';
import type { Timeline } from './timeline.ts';

/** In the chart's units, from its upper left corner. */
export interface Point {
  x: number;
  y: number;
}

export interface Curve {
  /** From the start to the end, in few points: what is left out would not be seen. */
  lines: Record<Role, [Point, ...Point[]]>;
  /** Where each line ends. */
  ends: Record<Role, Point>;
  /** Where on its side's line each golden cookie is that was claimed. */
  goldens: (Point & { by: Role; id: number })[];
  /** Where the axes are marked. */
  levels: { y: number; points: number }[];
  times: { x: number; seconds: number }[];
}

/** A line may miss a point that it was made of by so much. */
const tolerance = 0.75;
/** Into how many parts marks divide an axis at most. */
const parts = 4;

/** The curve on a chart of this size, which is as wide as the match was to last, and as high as the higher score. */
export function curveOf({ marks, claims, recording }: Timeline, width: number, height: number): Curve {
  const top = Math.max(1, ...marks.flatMap(({ score }) => [score.p1, score.p2]));
  const x = (at: number) => (at / recording.matchMs) * width;
  const y = (points: number) => height - (points / top) * height;
  const line = (role: Role) => simplify(marks.map(({ at, score }) => ({ x: x(at), y: y(score[role]) })));
  const lines = { p1: line('p1'), p2: line('p2') };
  return {
    lines,
    ends: { p1: lines.p1.at(-1) ?? lines.p1[0], p2: lines.p2.at(-1) ?? lines.p2[0] },
    goldens: claims.map(({ id, by, at }) => ({ id, by, x: x(at), y: heightAt(lines[by], x(at)) })),
    levels: ticksUpTo(top, parts).map((points) => ({ points, y: y(points) })),
    times: ticksUpTo(recording.matchMs / 1000, parts).map((seconds) => ({ seconds, x: x(seconds * 1000) })),
  };
}

/** Leaves out what is less than the tolerance off the line (Ramer, Douglas and Peucker). */
function simplify(points: Point[]): [Point, ...Point[]] {
  const first = points[0] ?? { x: 0, y: 0 };
  const last = points.at(-1) ?? first;
  const offLine = points.map((point) => Math.abs(point.y - between(first, last, point.x)));
  const most = Math.max(...offLine);
  if (most <= tolerance) return last === first ? [first] : [first, last];
  const bend = offLine.indexOf(most);
  const [, ...rest] = simplify(points.slice(bend));
  return [...simplify(points.slice(0, bend + 1)), ...rest];
}

/** How high the line is there. */
function heightAt(line: Point[], x: number): number {
  const after = line.findIndex((point) => point.x >= x);
  const [from, to] = [line[after - 1] ?? line[0], line[after] ?? line.at(-1)];
  return from && to ? between(from, to, x) : 0;
}

const between = (from: Point, to: Point, x: number): number =>
  to.x === from.x ? to.y : from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x);

/** A line as an SVG path. */
export const pathOf = (line: Point[]): string =>
  line.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${tenth(x)} ${tenth(y)}`).join('');

/** What is below the line. */
export const areaOf = (line: Point[], height: number): string =>
  `${pathOf(line)}V${height}H${tenth(line[0]?.x ?? 0)}Z`;

/**
 * How high to label the ends of both lines, so that neither label covers the other or leaves the chart.
 * @param gap what two labels need between their middles
 */
export function labelHeights({ p1, p2 }: Curve['ends'], gap: number, height: number): Record<Role, number> {
  if (Math.abs(p1.y - p2.y) >= gap) return { p1: p1.y, p2: p2.y };
  const half = gap / 2;
  const middle = Math.min(Math.max((p1.y + p2.y) / 2, half), height - half);
  const below = p1.y > p2.y ? half : -half;
  return { p1: middle + below, p2: middle - below };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
