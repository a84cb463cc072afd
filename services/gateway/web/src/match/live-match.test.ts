import { defaultRules } from '@overcookied/shared/rules.ts';
import type { WatchState } from '@overcookied/shared/watch-protocol.ts';
import { describe, expect, it } from 'vitest';
import { begin, end, type LiveMatch, update } from './live-match.ts';

const startsAt = 1_000_000;
const nobody = { score: 0, bonusUntil: 0, awayUntil: 0 };

/** How the match stands so many ms after its start. */
const stand = (at: number, seq: number, over: Partial<WatchState> = {}): WatchState => ({
  seq,
  now: startsAt + at,
  p1: nobody,
  p2: nobody,
  ...over,
});

/** The match that begins like the first of these, and goes on like the others. */
function watch(first: WatchState, ...others: WatchState[]): LiveMatch {
  const match = begin({
    roomId: 'room',
    mode: 'ranked',
    startsAt,
    endsAt: startsAt + 60_000,
    rules: defaultRules,
    p1: { name: 'Ada', picture: '' },
    p2: { name: 'Bo', picture: '' },
    state: first,
  });
  return others.reduce(update, match);
}

const scored = (score: number, bonusUntil = 0) => ({ ...nobody, score, bonusUntil });

describe('a match that is watched live', () => {
  it('tells times since its start', () => {
    const { moment, matchMs } = watch(stand(1_000, 1, { p1: scored(5, startsAt + 4_000) }));
    expect(matchMs).toBe(60_000);
    expect(moment.bonusUntil).toEqual({ p1: 4_000, p2: undefined });
  });

  it('makes clicks of the points that each side has got meanwhile', () => {
    const { moment } = watch(
      stand(1_000, 1, { p1: scored(10), p2: scored(3) }),
      stand(1_200, 2, { p1: scored(13), p2: scored(3) }),
      stand(1_400, 3, { p1: scored(14), p2: scored(5) }),
    );
    expect(moment.score).toEqual({ p1: 14, p2: 5 });
    expect(moment.clicks).toEqual({ p1: 4, p2: 2 });
  });

  it('makes no clicks of a golden cookie, and half as many of points that count double', () => {
    const claimed = { id: 7, by: 'p1' } as const;
    const bonusUntil = startsAt + 9_000;
    const { moment } = watch(
      stand(4_000, 1, { p1: scored(10) }),
      stand(4_200, 2, { p1: scored(16, bonusUntil), claimed }),
      stand(4_400, 3, { p1: scored(22, bonusUntil), claimed }),
    );
    expect(moment.clicks).toEqual({ p1: 1 + 3, p2: 0 });
    expect(moment.claim).toEqual({ id: 7, by: 'p1', at: 4_200 });
  });

  it('says nothing of a golden cookie that was claimed before it was watched', () => {
    const claimed = { id: 7, by: 'p1' } as const;
    const { moment } = watch(stand(4_000, 1, { claimed }), stand(4_200, 2, { claimed }));
    expect(moment.claim).toBeUndefined();
  });

  it('is not taken back by what is older', () => {
    const { moment } = watch(
      stand(1_000, 1),
      stand(1_200, 5, { p1: scored(9) }),
      stand(1_100, 4, { p1: scored(7) }),
    );
    expect(moment.score.p1).toBe(9);
  });

  it('says who is away, until when, and since when they are back', () => {
    const away = stand(2_000, 2, { p2: { ...nobody, awayUntil: startsAt + 12_000 } });
    expect(watch(stand(1_000, 1), away).absence).toEqual({ p1: undefined, p2: { until: 12_000 } });
    const back = watch(stand(1_000, 1), away, stand(3_000, 3), stand(4_000, 4));
    expect(back.absence.p2).toEqual({ until: 12_000, backAt: 3_000 });
  });

  it('ends with the last scores, and with nothing that waits or runs', () => {
    const before = watch(
      stand(1_000, 1, { golden: { x: 10, y: 20, id: 3 }, p1: scored(2, startsAt + 3_000) }),
    );
    expect(before.moment.golden).toEqual({ x: 10, y: 20, id: 3 });
    const after = end(before, stand(2_000, 2, { p1: scored(4, startsAt + 3_000), p2: scored(1) }));
    expect(after).toMatchObject({ isOver: true, moment: { score: { p1: 4, p2: 1 } } });
    expect(after.moment.golden).toBeUndefined();
    expect(after.moment.bonusUntil).toEqual({ p1: undefined, p2: undefined });
  });
});
