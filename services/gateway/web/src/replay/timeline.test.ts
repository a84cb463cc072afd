import { describe, expect, it } from 'vitest';
import { sampleGolden, sampleRecording } from './sample-recording.ts';
import { Timeline } from './timeline.ts';

const running = { over: undefined };

describe('scores and clicks', () => {
  const timeline = new Timeline(
    sampleRecording({ p1: [2, 4, 0, 10], p2: [0, 1], clicks: { p1: [2, 2, 0, 5], p2: [0, 1] } }),
  );

  it('are the sums of the steps so far', () => {
    expect(timeline.at(0)).toMatchObject({ score: { p1: 0, p2: 0 }, clicks: { p1: 0, p2: 0 } });
    expect(timeline.at(200)).toMatchObject({ score: { p1: 2, p2: 0 }, clicks: { p1: 2, p2: 0 } });
    expect(timeline.at(400)).toMatchObject({ score: { p1: 6, p2: 1 }, clicks: { p1: 4, p2: 1 } });
    expect(timeline.at(800)).toMatchObject({ score: { p1: 16, p2: 1 }, clicks: { p1: 9, p2: 1 } });
  });

  it('grow evenly within a step', () => {
    expect(timeline.at(300).score).toEqual({ p1: 4, p2: 0 });
    expect(timeline.at(399).score).toEqual({ p1: 5, p2: 0 });
    expect(timeline.at(780).score.p1).toBe(15);
  });

  it('stay where they are before the start and after the end', () => {
    expect(timeline.at(-5_000)).toMatchObject({ score: { p1: 0, p2: 0 }, clicks: { p1: 0, p2: 0 } });
    for (const t of [800, 1_999, 2_000, 90_000]) expect(timeline.at(t).score).toEqual({ p1: 16, p2: 1 });
  });

  it('never fall', () => {
    let before = { p1: 0, p2: 0 };
    for (let t = 0; t <= 2_100; t += 7) {
      const { score } = timeline.at(t);
      expect(score.p1).toBeGreaterThanOrEqual(before.p1);
      expect(score.p2).toBeGreaterThanOrEqual(before.p2);
      before = score;
    }
  });

  it('end with the result, even if a step has lost something', () => {
    const over = { winner: 'p1', at: 2_000, p1Score: 20, p2Score: 3 } as const;
    const corrected = new Timeline(sampleRecording({ p1: [2], p2: [1] }, { over }));
    expect(corrected.at(2_000).score).toEqual({ p1: 20, p2: 3 });
    expect(corrected.at(1_800).score).toEqual({ p1: 2, p2: 1 });
  });
});

describe('the end', () => {
  it('may come in the middle of a step', () => {
    const over = { winner: 'p2', reason: 'quit', at: 300, p1Score: 2, p2Score: 7 } as const;
    const timeline = new Timeline(sampleRecording({ p1: [2], p2: [3, 4] }, { over }));
    expect(timeline.end).toBe(300);
    expect(timeline.marks.map(({ at }) => at)).toEqual([0, 200, 300]);
    expect(timeline.at(250).score).toEqual({ p1: 2, p2: 5 });
    expect(timeline.at(300).score).toEqual({ p1: 2, p2: 7 });
  });

  it('may come before the start', () => {
    const over = { winner: 'p2', reason: 'quit', at: -700, p1Score: 0, p2Score: 0 } as const;
    const timeline = new Timeline(sampleRecording({}, { over }));
    expect(timeline.end).toBe(0);
    expect(timeline.at(0)).toMatchObject({ score: { p1: 0, p2: 0 }, golden: undefined });
  });

  it('is not after the time was up, however late that was noticed', () => {
    const over = { winner: 'draw', at: 2_037, p1Score: 0, p2Score: 0 } as const;
    expect(new Timeline(sampleRecording({}, { over })).end).toBe(2_000);
  });

  it('is as far as it is known of a match that is on', () => {
    const timeline = new Timeline(sampleRecording({ p1: [1, 1], p2: [0, 0, 3] }, running));
    expect(timeline.end).toBe(600);
    expect(timeline.at(5_000).score).toEqual({ p1: 2, p2: 3 });
  });
});

describe('golden cookies', () => {
  const goldens = [
    sampleGolden(1, 300, 'p2', 700),
    sampleGolden(2, 900),
    sampleGolden(3, 1_200, 'p1', 1_300),
    sampleGolden(4, 1_500, 'p1', 1_600),
    sampleGolden(5, 1_900),
  ];
  const timeline = new Timeline(sampleRecording({}, { goldens }));

  it.each([
    [0, undefined],
    [299, undefined],
    [300, 1],
    [699, 1],
    [700, undefined],
    [900, 2],
    [1_199, 2],
    [1_200, 3],
    [1_300, undefined],
    [1_900, 5],
    [2_000, undefined],
  ])('at %i ms number %s waits', (t, id) => {
    expect(timeline.at(t).golden?.id).toBe(id);
  });

  it('say where they are', () => {
    expect(timeline.at(300).golden).toEqual({ id: 1, x: 10, y: 20 });
  });

  it('are remembered by the latest claim', () => {
    expect(timeline.at(699).claim).toBeUndefined();
    expect(timeline.at(700).claim).toEqual({ id: 1, by: 'p2', at: 700 });
    expect(timeline.at(2_000).claim).toEqual({ id: 4, by: 'p1', at: 1_600 });
    expect(timeline.claims.map(({ id }) => id)).toEqual([1, 3, 4]);
  });

  it('bring a bonus, which the next one makes longer', () => {
    const bonus = (t: number) => timeline.at(t).bonusUntil;
    expect(bonus(699)).toEqual({ p1: undefined, p2: undefined });
    expect(bonus(700)).toEqual({ p1: undefined, p2: 1_200 });
    expect(bonus(1_200)).toEqual({ p1: undefined, p2: undefined });
    expect(bonus(1_599).p1).toBe(1_800);
    expect(bonus(1_600).p1).toBe(2_100);
    expect(bonus(2_000).p1).toBeUndefined();
  });

  it('wait and count on in a match that is on', () => {
    const on = new Timeline(sampleRecording({ p1: Array(10).fill(1) }, { ...running, goldens }));
    expect(on.at(2_000).golden?.id).toBe(5);
    expect(on.at(2_000).bonusUntil.p1).toBe(2_100);
  });
});

it('refuses steps that are none', () => {
  expect(() => new Timeline(sampleRecording({}, { points: { p1: '1(', p2: '' } }))).toThrow('not a row');
});
