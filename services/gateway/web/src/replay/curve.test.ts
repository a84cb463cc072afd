import { describe, expect, it } from 'vitest';
import { areaOf, curveOf, labelHeights, type Point, pathOf } from './curve.ts';
import { sampleGolden, sampleRecording } from './sample-recording.ts';
import { Timeline } from './timeline.ts';

const curve = (...recording: Parameters<typeof sampleRecording>) =>
  curveOf(new Timeline(sampleRecording(...recording)), 300, 100);

const steady = Array<number>(10).fill(2);
const heightAt = (line: Point[], x: number): number => {
  const i = line.findIndex((point) => point.x >= x);
  const [from, to] = [line[Math.max(0, i - 1)] as Point, line[i] as Point];
  return to.x === from.x ? to.y : from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x);
};

describe('the lines', () => {
  it('begin at the lower left, and end at the scores', () => {
    const { lines, ends } = curve({ p1: steady, p2: [5] });
    expect(lines.p1[0]).toEqual({ x: 0, y: 100 });
    expect(lines.p1.at(-1)).toEqual({ x: 300, y: 0 });
    expect(lines.p2.at(-1)).toEqual({ x: 300, y: 75 });
    expect(ends).toEqual({ p1: { x: 300, y: 0 }, p2: { x: 300, y: 75 } });
  });

  it('have no more points than can be told apart', () => {
    expect(curve({ p1: steady }).lines.p1).toHaveLength(2);
    expect(curve({ p1: [50, 51, 50, 51, 50, 51, 50, 51, 50, 51] }).lines.p1).toHaveLength(2);
    expect(curve({ p1: [10, 0, 0, 0, 10] }).lines.p1.map(({ x }) => x)).toEqual([0, 30, 120, 150, 300]);
  });

  it('are nowhere off by what could be seen', () => {
    const p1 = [1, 3, 2, 8, 0, 0, 7, 1, 2, 2];
    const { lines } = curve({ p1 });
    const top = 26;
    let score = 0;
    for (const [step, points] of p1.entries()) {
      score += points;
      const exact = 100 - (score / top) * 100;
      expect(Math.abs(heightAt(lines.p1, (step + 1) * 30) - exact)).toBeLessThanOrEqual(0.75);
    }
  });

  it('stop where the match did', () => {
    const over = { winner: 'p1', reason: 'quit', at: 500, p1Score: 4, p2Score: 0 } as const;
    const { lines } = curve({ p1: [2, 2] }, { over });
    expect(lines.p1.at(-1)).toEqual({ x: 75, y: 0 });
    expect(lines.p2.at(-1)).toEqual({ x: 75, y: 100 });
  });

  it('are flat when nobody clicked', () => {
    expect(curve().lines.p1).toEqual([
      { x: 0, y: 100 },
      { x: 300, y: 100 },
    ]);
  });
});

it('marks golden cookies where they were claimed, on the line of whoever did', () => {
  const goldens = [sampleGolden(1, 200), sampleGolden(2, 500, 'p2', 1_000)];
  expect(curve({ p1: steady, p2: steady.map(() => 1) }, { goldens }).goldens).toEqual([
    { id: 2, by: 'p2', x: 150, y: 75 },
  ]);
});

it('marks the axes at round numbers', () => {
  const { levels, times } = curve({ p1: steady });
  expect(levels.map(({ points }) => points)).toEqual([0, 5, 10, 15, 20]);
  expect(levels.map(({ y }) => y)).toEqual([100, 75, 50, 25, 0]);
  expect(times).toEqual([0, 1, 2].map((seconds) => ({ seconds, x: 150 * seconds })));
});

describe('labels', () => {
  const heights = (p1: number, p2: number) =>
    labelHeights({ p1: { x: 0, y: p1 }, p2: { x: 0, y: p2 } }, 20, 100);

  it('are where the lines end', () => {
    expect(heights(0, 60)).toEqual({ p1: 0, p2: 60 });
  });

  it.each([
    [50, 54, { p1: 42, p2: 62 }],
    [54, 50, { p1: 62, p2: 42 }],
    [0, 3, { p1: 0, p2: 20 }],
    [100, 100, { p1: 80, p2: 100 }],
  ])('make room for each other at %i and %i', (p1, p2, expected) => {
    expect(heights(p1, p2)).toEqual(expected);
  });
});

it('writes paths', () => {
  const line = [
    { x: 0, y: 100 },
    { x: 10.04, y: 33.333 },
  ];
  expect(pathOf(line)).toBe('M0 100L10 33.3');
  expect(areaOf(line, 100)).toBe('M0 100L10 33.3V100H0Z');
});
