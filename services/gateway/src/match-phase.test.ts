import type { MatchState } from '@overcookied/shared/match/state.ts';
import { expect, test } from 'vitest';
import { countedPhase } from './match-phase.ts';

const match = (awayUntil = 0) => ({ startsAt: 100, endsAt: 200, p1: { awayUntil } }) as MatchState;

test.each([
  [99, 'countdown'],
  [100, 'playing'],
  [199, 'playing'],
  [200, 'over'],
])('at %i it is %s', (now, phase) => {
  expect(countedPhase(match(), ['p1'], now)).toBe(phase);
});

test('of the gateways that hold a match exactly one counts it', () => {
  expect(countedPhase(match(), ['p1', 'p2'], 150)).toBe('playing');
  expect(countedPhase(match(), ['p2'], 150)).toBeUndefined();
  // The first player's gateway may have died: then it counts nothing.
  expect(countedPhase(match(160), ['p2'], 150)).toBe('playing');
  expect(countedPhase(match(160), [], 150)).toBeUndefined();
});
