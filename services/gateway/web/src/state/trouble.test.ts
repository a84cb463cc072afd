import { describe, expect, it } from 'vitest';
import { troubleOf } from './trouble.ts';

const reconnecting = (code: number) => ({ state: 'reconnecting', attempt: 3, code, reason: '' }) as const;

describe('trouble', () => {
  it.each([
    [4001, 'takenOver'],
    [4003, 'unauthorized'],
    [4008, 'tooSlow'],
    [4029, 'tooMany'],
    [1008, 'garbled'],
    [1009, 'garbled'],
    [1000, 'refused'],
  ])('a final close with %i is %s, with a network and without', (code, final) => {
    for (const online of [true, false]) {
      expect(troubleOf({ state: 'closed', code, reason: '' }, online)).toEqual({ final });
    }
  });

  it.each([
    [1006, 'reconnecting'],
    [1013, 'reconnecting'],
    [1012, 'moving'],
  ])('after a close with %i it is calm: %s', (code, passing) => {
    expect(troubleOf(reconnecting(code), true)).toEqual({ passing });
  });

  it('is no fault of the bakery while the browser has no network', () => {
    expect(troubleOf(reconnecting(1006), false)).toEqual({ passing: 'offline' });
  });

  it('is none while all is well, or nobody is signed in', () => {
    for (const status of [{ state: 'open' }, { state: 'connecting' }, undefined] as const) {
      expect(troubleOf(status, false)).toBeUndefined();
    }
  });
});
