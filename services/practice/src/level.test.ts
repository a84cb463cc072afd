import { Hand } from '@overcookied/bot/hand.ts';
import { Random } from '@overcookied/bot/random.ts';
import { ServerClock } from '@overcookied/client/server-clock.ts';
import { newcomer } from '@overcookied/shared/rating.ts';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { levelFor } from './level.ts';

const rating = fc.integer({ min: -2_000, max: 5_000 });
const seed = fc.nat();

describe('levelFor', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('stays within what people can do, for any rating', () => {
    fc.assert(
      fc.property(rating, seed, (rating, seed) => {
        const { clicksPerSecond, habits } = levelFor(rating, new Random(seed));
        expect(clicksPerSecond).toBeGreaterThanOrEqual(2);
        expect(clicksPerSecond).toBeLessThanOrEqual(12);
        const [quickest, slowest] = habits.goldenReactionMs;
        // Nobody sees, aims and clicks in less.
        expect(quickest).toBeGreaterThanOrEqual(250);
        expect(slowest).toBeGreaterThan(quickest);
        expect(habits.goldenMissed).toBeGreaterThan(0);
        expect(habits.goldenMissed).toBeLessThan(0.5);
        expect(habits.rests?.ms).toEqual([300, 1_500]);
      }),
    );
  });

  test('is never worse for a stronger player, other things being equal', () => {
    fc.assert(
      fc.property(rating, rating, seed, (one, other, seed) => {
        const [weak, strong] = [Math.min(one, other), Math.max(one, other)].map((each) =>
          levelFor(each, new Random(seed)),
        );
        if (!weak || !strong) throw new Error('there are two');
        expect(strong.clicksPerSecond).toBeGreaterThanOrEqual(weak.clicksPerSecond);
        expect(strong.habits.goldenMissed).toBeLessThanOrEqual(weak.habits.goldenMissed);
        for (const i of [0, 1] as const) {
          expect(strong.habits.goldenReactionMs[i]).toBeLessThanOrEqual(weak.habits.goldenReactionMs[i]);
        }
      }),
    );
  });

  test.each([500, newcomer.rating, 2_500])('makes no two bots for a rating of %i equal', (rating) => {
    const speeds = Array.from(
      { length: 50 },
      (_, seed) => levelFor(rating, new Random(seed)).clicksPerSecond,
    );
    expect(new Set(speeds).size).toBe(50);
  });

  test("makes a newcomer's bot click about six times a second, rests included", () => {
    vi.useFakeTimers();
    const matches = 40;
    const startsAt = Date.now();
    let clicks = 0;
    for (let seed = 0; seed < matches; seed++) {
      new Hand({
        ...levelFor(newcomer.rating, new Random(seed, 0)),
        clock: new ServerClock(),
        startsAt,
        endsAt: startsAt + 60_000,
        random: { clicks: new Random(seed, 1), golden: new Random(seed, 2) },
        click: () => clicks++,
        claim: () => {},
      });
    }
    vi.advanceTimersByTime(60_000);
    expect(clicks / matches / 60).toBeGreaterThan(5.4);
    expect(clicks / matches / 60).toBeLessThan(6.4);
  });
});
