import { describe, expect, it } from 'vitest';
import { curveOf, type Point } from './curve.ts';
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
    const { lines, top } = curve({ p1: steady, p2: [5] });
    expect(top).toBe(20);
    expect(lines.p1[0]).toEqual({ x: 0, y: 100 });
    expect(lines.p1.at(-1)).toEqual({ x: 300, y: 0 });
    expect(lines.p2.at(-1)).toEqual({ x: 300, y: 75 });
  });

  it('have no more points than can be told apart', () => {
    expect(curve({ p1: steady }).lines.p1).toHaveLength(2);
    expect(curve({ p1: [10, 0, 0, 0, 10] }).lines.p1.map(({ x }) => x)).toEqual([0, 30, 120, 150, 300]);
  });

  it('are nowhere off by what could be seen', () => {
    const p1 = [1, 3, 2, 8, 0, 0, 7, 1, 2, 2];
    const { lines, top } = curve({ p1 });
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
    const { lines, top } = curve();
    expect(top).toBe(1);
    expect(lines.p1).toEqual([
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
