/** The scores of a match as two lines on a chart. */
import type { Role } from '@overcookied/shared/protocol.ts';
import type { Claim, Timeline } from './timeline.ts';

/** In the chart's units, from its upper left corner. */
export interface Point {
  x: number;
  y: number;
}

export interface Curve {
  /** From the start to the end, in few points: what is left out would not be seen. */
  lines: Record<Role, Point[]>;
  /** Where on its side's line each golden cookie is that was claimed. */
  goldens: (Point & { by: Role; id: number })[];
  /** The score at the chart's upper edge. */
  top: number;
}

/** A line may miss a point that it was made of by so much. */
const tolerance = 0.75;

/** The curve on a chart of this size, which is as wide as the match was to last. */
export function curveOf(timeline: Timeline, width: number, height: number): Curve {
  const { marks, claims, recording } = timeline;
  const top = Math.max(1, ...marks.flatMap(({ score }) => [score.p1, score.p2]));
  const place = (at: number, score: number): Point => ({
    x: (at / recording.matchMs) * width,
    y: height - (score / top) * height,
  });
  const line = (role: Role) => simplify(marks.map(({ at, score }) => place(at, score[role])));
  const lines = { p1: line('p1'), p2: line('p2') };
  const mark = ({ id, by, at }: Claim) => {
    const x = place(at, 0).x;
    return { id, by, x, y: heightAt(lines[by], x) };
  };
  return { lines, goldens: claims.map(mark), top };
}

/** Leaves out what is less than the tolerance off the line (Ramer, Douglas and Peucker). */
function simplify(points: Point[]): Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 3) return points;
  const offLine = points.map((point) => Math.abs(point.y - between(first, last, point.x)));
  const most = Math.max(...offLine);
  if (most <= tolerance) return [first, last];
  const bend = offLine.indexOf(most);
  return [...simplify(points.slice(0, bend + 1)), ...simplify(points.slice(bend)).slice(1)];
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

/**
 * How high to label the ends of both lines, so that neither label covers the other or leaves the chart.
 * @param gap what two labels need between their middles
 */
export function labelHeights({ lines }: Curve, gap: number, height: number): Record<Role, number> {
  const p1 = lines.p1.at(-1)?.y ?? height;
  const p2 = lines.p2.at(-1)?.y ?? height;
  const half = gap / 2;
  const inside = (y: number, least: number, most: number) => Math.min(Math.max(y, least), most);
  if (Math.abs(p1 - p2) >= gap) return { p1: inside(p1, 0, height), p2: inside(p2, 0, height) };
  const middle = inside((p1 + p2) / 2, half, height - half);
  return p1 <= p2 ? { p1: middle - half, p2: middle + half } : { p1: middle + half, p2: middle - half };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
