import type { EndReason } from '@overcookied/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import { en } from '../texts/en.ts';
import type { Match } from './match.ts';
import { expressionOf, marginOf, verdictOn } from './verdict.ts';

type Result = NonNullable<Match['result']>;

const result = (outcome: Result['outcome'], reason?: EndReason): Result => ({
  outcome,
  reason,
  endedAt: 0,
  ratingDelta: undefined,
});
/** As much of a match as a verdict needs. */
const scored = (mine: number, theirs: number) =>
  ({ mine: { score: mine }, theirs: { score: theirs, name: 'Bo' } }) as Match;

describe('the expression', () => {
  it.each([
    ['won', undefined, 'proud'],
    ['lost', undefined, 'sad'],
    ['drawn', undefined, 'shared'],
    ['drawn', 'opponent_disconnected', 'shared'],
    ['won', 'quit', 'puzzled'],
    ['won', 'opponent_disconnected', 'puzzled'],
    ['lost', 'quit', 'asleep'],
    ['lost', 'opponent_disconnected', 'asleep'],
  ] as const)('of a match that was %s (%s) is %s', (outcome, reason, expression) => {
    expect(expressionOf(result(outcome, reason))).toBe(expression);
  });
});

describe('the margin', () => {
  it.each([
    [200, 190, 'close'],
    [200, 189, 'plain'],
    [5, 2, 'close'],
    [6, 2, 'clear'],
    [90, 61, 'plain'],
    [90, 60, 'clear'],
    [60, 90, 'clear'],
    [0, 0, 'close'],
  ])('of %i to %i is %s', (one, other, margin) => {
    expect(marginOf(one, other)).toBe(margin);
  });
});

describe('the verdict', () => {
  it('goes by the scores where both played to the end', () => {
    expect(verdictOn(scored(100, 99), result('won'), en)).toBe(en.result.played.won.close);
    expect(verdictOn(scored(10, 99), result('lost'), en)).toBe(en.result.played.lost.clear);
  });

  it('says who left', () => {
    expect(verdictOn(scored(1, 9), result('won', 'quit'), en)).toMatch(/Bo.* gave up/);
    expect(verdictOn(scored(1, 9), result('won', 'opponent_disconnected'), en)).toMatch(/Bo.* connection/);
    expect(verdictOn(scored(9, 1), result('lost', 'quit'), en)).toBe(en.result.quit.lost);
    expect(verdictOn(scored(9, 1), result('lost', 'opponent_disconnected'), en)).toBe(en.result.gone.lost);
  });

  it('knows a draw, and one in which nobody did anything', () => {
    expect(verdictOn(scored(7, 7), result('drawn'), en)).toBe(en.result.drawn);
    expect(verdictOn(scored(0, 0), result('drawn'), en)).toBe(en.result.untouched);
    expect(verdictOn(scored(0, 0), result('drawn', 'opponent_disconnected'), en)).toBe(en.result.untouched);
  });
});
