import { ServerClock } from '@overcookied/client/server-clock.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Hand } from './hand.ts';
import { Random } from './random.ts';

describe('Hand', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Plays ten seconds that begin in one. */
  const play = ({ seed = 1, clicksPerSecond = 8, endsAt = 1_011_000 } = {}) => {
    const clicks: number[] = [];
    const claims: (number | undefined)[] = [];
    const hand = new Hand({
      clock: new ServerClock(),
      startsAt: 1_001_000,
      endsAt,
      clicksPerSecond,
      random: { clicks: new Random(seed, 1), golden: new Random(seed, 2) },
      click: () => clicks.push(Date.now() - 1_000_000),
      claim: (id) => claims.push(id),
    });
    return { hand, clicks, claims };
  };

  test.each([2, 8, 50])(
    'clicks about %i times a second, all of the match and no longer',
    (clicksPerSecond) => {
      const { clicks } = play({ clicksPerSecond });
      vi.advanceTimersByTime(20_000);
      expect(Math.abs(clicks.length - 9.75 * clicksPerSecond)).toBeLessThan(
        0.05 * 9.75 * clicksPerSecond + 2,
      );
      expect(clicks[0]).toBeGreaterThanOrEqual(1_020);
      expect(clicks.at(-1)).toBeLessThanOrEqual(10_750);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  test('clicks at the same times for the same seed', () => {
    const runs = [play(), play(), play({ seed: 2 })].map(({ clicks }) => clicks);
    vi.advanceTimersByTime(20_000);
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]).not.toEqual(runs[2]);
  });

  test('reaches for golden cookies as fast as a human, and misses some', () => {
    const { hand, claims } = play({ endsAt: 2_000_000 });
    for (let id = 1; id <= 1_000; id++) {
      hand.see(id);
      vi.advanceTimersByTime(149);
      expect(claims).not.toContain(id);
      vi.advanceTimersByTime(451);
    }
    expect(claims.length).toBeGreaterThan(850);
    expect(claims.length).toBeLessThan(950);
  });

  test('does not reach for what is gone', () => {
    const { hand, claims } = play();
    for (let id = 1; id <= 20; id++) {
      hand.see(id);
      hand.lose();
    }
    hand.see(21);
    hand.stop();
    vi.advanceTimersByTime(1_000);
    expect(claims).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
