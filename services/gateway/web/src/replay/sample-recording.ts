/** Recordings for tests. */
import type { Recording } from '@overcookied/shared/api.ts';
import { writeSteps } from '@overcookied/shared/match/steps.ts';

interface Played {
  /** What each step brought, which lasted 200 ms. */
  p1?: number[];
  p2?: number[];
  /** Clicks in each step; without them there was one for each point. */
  clicks?: { p1: number[]; p2: number[] };
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

/** A match of two seconds that went like this, and is over unless told differently. */
export function sampleRecording(
  { p1 = [], p2 = [], clicks = { p1, p2 } }: Played = {},
  differently: Partial<Recording> = {},
): Recording {
  const [p1Score, p2Score] = [sum(p1), sum(p2)];
  return {
    roomId: 'room',
    mode: 'ranked',
    p1: { name: 'Ada', picture: '', rating: 1500 },
    p2: { name: 'Bo', picture: '', rating: 1520 },
    startsAt: 1_700_000_000_000,
    matchMs: 2_000,
    clickPoints: 1,
    goldenPoints: 5,
    bonusMs: 500,
    bonusFactor: 2,
    stepMs: 200,
    points: { p1: writeSteps(p1), p2: writeSteps(p2) },
    clicks: { p1: writeSteps(clicks.p1), p2: writeSteps(clicks.p2) },
    goldens: [],
    over: {
      winner: p1Score > p2Score ? 'p1' : p1Score < p2Score ? 'p2' : 'draw',
      at: 2_000,
      p1Score,
      p2Score,
    },
    ...differently,
  };
}

/** A golden cookie, claimed by whom and when, if it was. */
export function sampleGolden(
  id: number,
  at: number,
  by?: 'p1' | 'p2',
  claimedAt = at,
): Recording['goldens'][number] {
  const golden = { id, at, x: 10 * id, y: 20 * id };
  return by ? { ...golden, claim: { by, at: claimedAt } } : golden;
}
