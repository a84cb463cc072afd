import { describe, expect, it } from 'vitest';
import { factsOf } from './facts.ts';
import { sampleGolden, sampleRecording } from './sample-recording.ts';
import { Timeline } from './timeline.ts';

const facts = (...recording: Parameters<typeof sampleRecording>) =>
  factsOf(new Timeline(sampleRecording(...recording)));

describe('golden cookies', () => {
  it('are counted for whoever got them', () => {
    const goldens = [sampleGolden(1, 100, 'p2'), sampleGolden(2, 500), sampleGolden(3, 900, 'p2')];
    expect(facts({}, { goldens }).goldens).toEqual({ p1: 0, p2: 2 });
  });
});

describe('the fastest burst', () => {
  it('is the most clicks within a second, wherever that begins', () => {
    const p1 = [1, 0, 2, 5, 1, 4, 3, 0, 0, 0];
    expect(facts({ p1, p2: [9] }).fastest).toEqual({ p1: 15, p2: 9 });
  });

  it('counts clicks, and not what a bonus makes of them', () => {
    expect(facts({ p1: [8, 8], clicks: { p1: [4, 4], p2: [] } }).fastest.p1).toBe(8);
  });

  it('is that of the fastest step where steps are longer than a second', () => {
    const p1 = [10, 24, 6];
    const over = { winner: 'p1', at: 6_000, p1Score: 40, p2Score: 0 } as const;
    expect(facts({ p1 }, { stepMs: 2_000, matchMs: 6_000, over }).fastest.p1).toBe(12);
  });

  it('is none without a click', () => {
    expect(facts().fastest).toEqual({ p1: 0, p2: 0 });
  });
});

describe('the lead', () => {
  it('changes when the other is past, and not when both are level', () => {
    // 3:0, 3:3, 4:3, 4:6, 9:6
    const { leadChanges } = facts({ p1: [3, 0, 1, 0, 5], p2: [0, 3, 0, 3] });
    expect(leadChanges).toEqual({ count: 2, last: { at: 1_000, to: 'p1' } });
  });

  it('does not change by being taken first', () => {
    expect(facts({ p1: [0, 4] }).leadChanges).toEqual({ count: 0, last: undefined });
  });

  it('is told where it was biggest, and for the first time', () => {
    // 1:0, 1:7, 7:7, 13:7
    expect(facts({ p1: [1, 0, 6, 6], p2: [0, 7] }).biggestLead).toEqual({ by: 'p2', points: 6, at: 400 });
  });

  it('was nobody’s in a match that was level throughout', () => {
    expect(facts({ p1: [2, 2], p2: [2, 2] })).toMatchObject({ leadChanges: { count: 0 } });
    expect(facts({ p1: [2, 2], p2: [2, 2] }).biggestLead).toBeUndefined();
  });
});
