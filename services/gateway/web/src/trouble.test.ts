import { describe, expect, it } from 'vitest';
import { troubleOf } from './trouble.ts';

describe('trouble', () => {
  it.each([
    [4001, 'takenOver'],
    [4003, 'unauthorized'],
    [4008, 'tooSlow'],
    [4029, 'tooMany'],
    [1008, 'refused'],
  ])('a final close with %i is %s', (code, trouble) => {
    expect(troubleOf({ state: 'closed', code, reason: '' })).toBe(trouble);
  });

  it('is calm about a connection that comes back by itself', () => {
    expect(troubleOf({ state: 'reconnecting', attempt: 3, code: 1006, reason: '' })).toBe('reconnecting');
  });

  it('is none while all is well, or nobody is signed in', () => {
    expect(troubleOf({ state: 'open' })).toBeUndefined();
    expect(troubleOf({ state: 'connecting' })).toBeUndefined();
    expect(troubleOf(undefined)).toBeUndefined();
  });
});
