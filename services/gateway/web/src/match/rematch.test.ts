import { rematchMs } from '@overcookied/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import type { Wait } from '../state/wait.ts';
import type { Match } from './match.ts';
import { rematchOf, rematchUntilOf } from './rematch.ts';

const endedAt = 1_000_000;
const soon = endedAt + 1_000;

/** As much of a match as a rematch needs. */
const over = (differently: Partial<Match> = {}): Match =>
  ({
    mode: 'ranked',
    result: { outcome: 'won', reason: undefined, endedAt, ratingDelta: undefined },
    ...differently,
  }) as Match;
const because = (reason: 'quit' | 'opponent_disconnected') =>
  over({ result: { outcome: 'won', reason, endedAt, ratingDelta: undefined } });
const waiting: Wait = { kind: 'rematch', since: soon, kneads: 0 };

describe('a rematch', () => {
  it('is open after a match, until its time is up', () => {
    expect(rematchOf(over(), undefined, endedAt)).toBe('open');
    expect(rematchOf(over(), undefined, endedAt + rematchMs - 1)).toBe('open');
    expect(rematchOf(over(), undefined, endedAt + rematchMs)).toBe('impossible');
  });

  it.each(['private', 'practice'] as const)('is open too in mode %s', (mode) => {
    expect(rematchOf(over({ mode }), undefined, soon)).toBe('open');
  });

  it('is open too when one of the two gave up', () => {
    expect(rematchOf(because('quit'), undefined, soon)).toBe('open');
  });

  it('is impossible when there is nobody to ask', () => {
    expect(rematchOf(because('opponent_disconnected'), undefined, soon)).toBe('impossible');
    expect(rematchOf(over({ rematch: 'refused' }), undefined, soon)).toBe('impossible');
  });

  it('is impossible during a match, and without one', () => {
    const { result: _, ...playing } = over();
    expect(rematchOf(playing, undefined, soon)).toBe('impossible');
    expect(rematchOf(undefined, undefined, soon)).toBe('impossible');
  });

  it('is wanted as long as the opponent can be answered', () => {
    expect(rematchOf(over({ rematch: 'wanted' }), undefined, soon)).toBe('wanted');
    expect(rematchOf(over({ rematch: 'wanted' }), undefined, endedAt + rematchMs)).toBe('impossible');
  });

  it('is waited for until the server ends it, but not for ever', () => {
    expect(rematchOf(over(), waiting, soon)).toBe('waiting');
    expect(rematchOf(over(), waiting, endedAt + rematchMs + 500)).toBe('waiting');
    expect(rematchOf(over(), waiting, endedAt + rematchMs + 60_000)).toBe('impossible');
  });

  it('runs out when the server says, or when this side reckons', () => {
    const queued = { since: soon, waiting: 1, mode: 'ranked', expiresAt: 7 } as const;
    expect(rematchUntilOf(over(), { ...waiting, queued })).toBe(7);
    expect(rematchUntilOf(over(), waiting)).toBe(endedAt + rematchMs);
  });
});
