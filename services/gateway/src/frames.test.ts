import type { MatchState } from '@overcookied/shared/match/state.ts';
import { ServerFrame } from '@overcookied/shared/protocol.ts';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { expect, test } from 'vitest';
import { applyEvent, eventFrames, repairFrames, scoreFrame, secondsLeft, startFrames } from './frames.ts';

const side = (id: string, score: number) => ({
  id,
  name: id,
  picture: '',
  standing: { rating: 1_500, deviation: 250 },
  score,
  ack: score,
  bonusUntil: 0,
  awayUntil: 0,
});
const state: MatchState = {
  roomId: 'room',
  mode: 'ranked',
  seq: 4,
  startsAt: 10_000,
  endsAt: 70_000,
  rules: defaultRules,
  p1: side('ada', 3),
  p2: side('bo', 1),
  golden: undefined,
  claimed: undefined,
  over: undefined,
  endedAt: 0,
};

test('the countdown is no part of the seconds left, and a second begun counts', () => {
  expect(secondsLeft(state, 5_000)).toBe(60);
  expect(secondsLeft(state, 10_000)).toBe(60);
  expect(secondsLeft(state, 10_001)).toBe(60);
  expect(secondsLeft(state, 11_000)).toBe(59);
  expect(secondsLeft(state, 69_999)).toBe(1);
  expect(secondsLeft(state, 99_000)).toBe(0);
});

test('whoever comes back is told the whole state in one frame', () => {
  const golden = { id: 2, x: 5, y: 9 };
  const running = { ...state, golden, p2: { ...state.p2, bonusUntil: 40_000, awayUntil: 35_000 } };
  const [p1, spawn] = startFrames(running, 'p1', 30_000, true);
  expect(p1?.payload).toMatchObject({ golden, opponentBonusUntil: 40_000, opponentAwayUntil: 35_000 });
  expect(p1?.payload).toMatchObject({ bonusUntil: undefined, seq: 4, ack: 3, resumed: true });
  expect(spawn).toEqual({ type: 'COOKIE_SPAWN', payload: golden });
  const [p2] = startFrames(running, 'p2', 30_000, true);
  expect(p2?.payload).toMatchObject({ golden, bonusUntil: 40_000, ack: 1 });
  expect(p2?.payload).toMatchObject({ opponentBonusUntil: undefined, opponentAwayUntil: undefined });
  // A bonus that has run out is none.
  expect(startFrames(running, 'p2', 40_000, true)[0]?.payload).toMatchObject({ bonusUntil: undefined });
});

test('whoever comes back after the end is told of it', () => {
  const over = { ...state, over: { winner: 'ada', reason: '' as const } };
  expect(startFrames(over, 'p1', 80_000, true).at(-1)).toEqual({
    type: 'GAME_OVER',
    payload: { winner: 'ada', p1Score: 3, p2Score: 1, ratingDelta: expect.any(Number) },
  });
});

test('each side is told what the end changes its own rating by, unless the match is not rated', () => {
  const event = { type: 'over', seq: 5, winner: 'ada', reason: '', p1Score: 3, p2Score: 1 } as const;
  const delta = (role: 'p1' | 'p2', of: MatchState) => {
    const [frame] = eventFrames(event, role, applyEvent(of, event));
    return frame?.type === 'GAME_OVER' ? frame.payload.ratingDelta : expect.fail('no GAME_OVER');
  };
  expect(delta('p1', state)).toBeGreaterThan(0);
  expect(delta('p2', state)).toBe(-(delta('p1', state) ?? 0));
  expect(delta('p1', { ...state, mode: 'practice' })).toBeUndefined();
  expect(delta('p1', { ...state, p2: { ...state.p2, standing: undefined } })).toBeUndefined();
});

test('a click is shown to the other at once, with what the other has clicked, and acknowledged to whoever made it', () => {
  const event = { type: 'click', seq: 5, role: 'p1', count: 2, ack: 5, p1Score: 5, p2Score: 1 } as const;
  const after = applyEvent({ ...state, p2: { ...state.p2, ack: 1 } }, event);
  expect(eventFrames(event, 'p1', after)).toEqual([]);
  expect(scoreFrame(after, 'p1')).toEqual({
    type: 'UPDATE',
    payload: { p1Score: 5, p2Score: 1, seq: 5, ack: 5 },
  });
  expect(eventFrames(event, 'p2', after)).toEqual([
    { type: 'OPPONENT_CLICK', payload: { count: 2 } },
    { type: 'UPDATE', payload: { p1Score: 5, p2Score: 1, seq: 5, ack: 1 } },
  ]);
});

test('whoever is told scores is told which own clicks are in them', () => {
  const claim = { type: 'claim', seq: 6, role: 'p2', id: 1, claimedBy: 'bo', bonusUntil: 45_000 } as const;
  const clicked = { ...state, p1: { ...state.p1, score: 3, ack: 3 } };
  const [frame] = eventFrames({ ...claim, p1Score: 3, p2Score: 5 }, 'p1', clicked);
  expect(frame).toMatchObject({ type: 'UPDATE', payload: { p1Score: 3, p2Score: 5, ack: 3 } });
});

test('repairing tells what the events that were missed would have told', () => {
  const before = applyEvent(state, { type: 'spawn', seq: 5, id: 1, x: 50, y: 50 });
  const after: MatchState = {
    ...state,
    seq: 9,
    p1: { ...state.p1, score: 8, ack: 3, bonusUntil: 45_000 },
    claimed: { id: 1, by: 'ada' },
    golden: { id: 2, x: 20, y: 30 },
  };
  expect(repairFrames(before, after, 'p1', 41_000)).toEqual([
    { type: 'UPDATE', payload: { p1Score: 8, p2Score: 1, seq: 9, ack: 3, bonusUntil: 45_000 } },
    { type: 'UPDATE', payload: { goldenCookieClaimedBy: 'ada', seq: 9 } },
    { type: 'COOKIE_SPAWN', payload: { id: 2, x: 20, y: 30 } },
  ]);
});

test('the opponent is told who is away and who is back, whether the event came or was missed', () => {
  const away = { type: 'away', seq: 5, role: 'p1', until: 20_000 } as const;
  const gone = applyEvent(state, away);
  const told = { type: 'UPDATE', payload: { seq: 5, opponentAwayUntil: 20_000 } };
  expect(eventFrames(away, 'p2', gone)).toEqual([told]);
  expect(eventFrames(away, 'p1', gone)).toEqual([]);
  expect(repairFrames(state, gone, 'p2', 11_000)[0]?.payload).toMatchObject(told.payload);
  const back = { type: 'back', seq: 6, role: 'p1' } as const;
  expect(eventFrames(back, 'p2', applyEvent(gone, back))).toEqual([
    { type: 'UPDATE', payload: { seq: 6, opponentAwayUntil: 0 } },
  ]);
  expect(repairFrames(gone, applyEvent(gone, back), 'p2', 11_000)[0]?.payload).toMatchObject({
    opponentAwayUntil: 0,
  });
});

test('repairing does not tell of a claim that was none', () => {
  const before = { ...state, golden: { id: 2, x: 1, y: 1 }, claimed: { id: 1, by: 'ada' } };
  const after = { ...before, seq: 5, golden: { id: 3, x: 2, y: 2 } };
  expect(repairFrames(before, after, 'p1', 41_000).map(({ type }) => type)).toEqual([
    'UPDATE',
    'COOKIE_SPAWN',
  ]);
});

test('all that is sent fits the protocol', () => {
  const p1 = { ...state.p1, bonusUntil: 40_000, awayUntil: 35_000 };
  const over = {
    ...{ ...state, p1, golden: { id: 2, x: 5, y: 9 } },
    over: { winner: 'draw', reason: 'quit' as const },
  };
  for (const frame of [...startFrames(over, 'p1', 1, false), ...repairFrames(state, over, 'p2', 1)]) {
    expect(ServerFrame.parse(frame)).toEqual(frame);
  }
});
