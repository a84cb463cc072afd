/**
 * How well a bot plays. It is meant for one player: about as good as they are, so that a match can go either way.
 */
import type { Habits } from '@overcookied/bot/hand.ts';
import type { Random } from '@overcookied/bot/random.ts';
import { newcomer } from '@overcookied/shared/rating.ts';

export interface Level {
  /** While it does not rest. */
  clicksPerSecond: number;
  habits: Habits;
}

/** Whoever is rated so far below a newcomer meets the weakest hand, so far above the strongest, in points. */
const range = 600;
/** No two bots are equal: each is so much faster or slower than others of its level, as a factor. */
const spread = [0.8, 1.2] as const;
/** Clicking time between two rests, on average. */
const secondsBetweenRests = 10;
const restMs = [300, 1_500] as const;

/** The weakest and the strongest hand. The spread keeps speeds from 2 to 12, which people reach. */
const clicksPerSecond = [2.5, 10] as const;
const goldenMissed = [0.35, 0.05] as const;
const quickestGoldenMs = [600, 250] as const;
const slowestGoldenMs = [1_600, 700] as const;

/** @param rating of the player whom the bot is for */
export function levelFor(rating: number, random: Random): Level {
  const skill = Math.min(1, Math.max(0, 0.5 + (rating - newcomer.rating) / (2 * range)));
  const at = ([weak, strong]: readonly [number, number]) => weak + skill * (strong - weak);
  const speed = at(clicksPerSecond) * random.between(...spread);
  return {
    clicksPerSecond: speed,
    habits: {
      goldenReactionMs: [at(quickestGoldenMs), at(slowestGoldenMs)],
      goldenMissed: at(goldenMissed),
      rests: { chance: 1 / (speed * secondsBetweenRests), ms: restMs },
    },
  };
}
