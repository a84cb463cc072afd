import { describe, expect, it } from 'vitest';
import { countdown, isPlaying, ropeShare, secondsLeft, secondsSince, secondsUntil } from './timing.ts';

const times = { startsAt: 10_000, endsAt: 25_000 };

describe('timing', () => {
  it.each([
    [5_000, 5],
    [5_001, 5],
    [9_999, 1],
    [10_000, 0],
    [10_899, 0],
    [10_900, undefined],
  ])('at %i counts down to %s', (now, shown) => {
    expect(countdown(times, now)).toBe(shown);
  });

  it.each([
    [5_000, 15],
    [10_000, 15],
    [10_001, 15],
    [11_000, 14],
    [24_999, 1],
    [25_000, 0],
    [99_000, 0],
  ])('at %i leaves %i seconds', (now, seconds) => {
    expect(secondsLeft(times, now)).toBe(seconds);
  });

  it.each([
    [9_999, false],
    [10_000, true],
    [24_999, true],
    [25_000, false],
  ])('at %i a click counts: %s', (now, counts) => {
    expect(isPlaying(times, now)).toBe(counts);
  });

  it.each([
    [-1, 1],
    [0, 0],
    [1, 0],
    [-1_001, 2],
  ])('%i ms after, %i seconds are left', (past, seconds) => {
    expect(secondsUntil(10_000, 10_000 + past)).toBe(seconds);
  });

  it.each([
    [-1, 0],
    [999, 0],
    [1_000, 1],
  ])('%i ms after, %i seconds have passed', (past, seconds) => {
    expect(secondsSince(10_000, 10_000 + past)).toBe(seconds);
  });

  it('shares the rope', () => {
    expect(ropeShare(0, 0)).toBe(0.5);
    expect(ropeShare(85, 85)).toBe(0.5);
    expect(ropeShare(1, 0)).toBeLessThan(0.55);
    expect(ropeShare(300, 100)).toBeGreaterThan(0.7);
    expect(ropeShare(300, 250)).toBeGreaterThan(0.55);
    expect(ropeShare(250, 300)).toBeCloseTo(1 - ropeShare(300, 250));
    expect(ropeShare(10_000, 0)).toBeLessThan(1);
  });
});
