import { ServerClock } from '@overcookied/client/server-clock.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Habits, Hand } from './hand.ts';
import { Random } from './random.ts';

describe('Hand', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Plays ten seconds that begin in one. */
  const play = ({
    seed = 1,
    clicksPerSecond = 8,
    endsAt = 1_011_000,
    ...habits
  }: {
    seed?: number;
    clicksPerSecond?: number;
    endsAt?: number;
    habits?: Habits;
  } = {}) => {
    const clicks: number[] = [];
    const claims: (number | undefined)[] = [];
    const hand = new Hand({
      clock: new ServerClock(),
      startsAt: 1_001_000,
      endsAt,
      clicksPerSecond,
      ...habits,
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

  test('rests, reacts and misses as its habits say', () => {
    const habits: Habits = {
      goldenReactionMs: [700, 900],
      goldenMissed: 0.5,
      rests: { chance: 0.1, ms: [300, 1_500] },
    };
    const { hand, clicks, claims } = play({ endsAt: 1_601_000, habits });
    for (let id = 1; id <= 500; id++) {
      hand.see(id);
      vi.advanceTimersByTime(699);
      expect(claims).not.toContain(id);
      vi.advanceTimersByTime(201);
    }
    expect(Math.abs(claims.length - 250)).toBeLessThan(50);
    vi.runAllTimers();
    const pauses = clicks.slice(1).map((at, i) => at - (clicks[i] ?? 0));
    const rests = pauses.filter((ms) => ms > 250);
    expect(Math.abs(rests.length / pauses.length - 0.1)).toBeLessThan(0.02);
    expect(Math.min(...rests)).toBeGreaterThan(300);
    expect(Math.max(...rests)).toBeLessThan(1_500 + 1.5 * 125);
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
