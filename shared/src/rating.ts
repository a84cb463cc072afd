/**
 * Ratings: what a match says about how good its players are.
 *
 * A match keeps the standing that both players came with, so that what it changes follows from the match alone:
 * the gateway tells it at once, the records apply it whenever the result arrives, in whatever order.
 */
import { rate } from 'openskill';
import { bradleyTerryFull } from 'openskill/models';
import * as z from 'zod/mini';

/** How good a player is thought to be, in points, and how sure that is: a standard deviation, in points. */
export const Standing = z.object({ rating: z.int(), deviation: z.number() });
export type Standing = z.infer<typeof Standing>;

/** How a match changes a standing: `delta` is added to the rating, the deviation multiplied by `factor`. */
export interface RatingChange {
  delta: number;
  factor: number;
}

/** Somebody who has not played yet. */
export const newcomer: Standing = { rating: 1_500, deviation: 250 };

/**
 * Weng and Lin's Bayesian approximation ("A Bayesian Approximation Method for Online Ranking", JMLR 2011) in points:
 * `beta` is half of a newcomer's deviation and `tau` a hundredth, as in that paper and TrueSkill before it. With
 * these, 400 points between two settled players mean ten wins in eleven, as players know it from Elo.
 */
const options = {
  model: bradleyTerryFull,
  mu: newcomer.rating,
  sigma: newcomer.deviation,
  beta: newcomer.deviation / 2,
  tau: newcomer.deviation / 100,
};

/** @param winner the role of the winner, or `draw` */
export function ratingChanges(
  players: { p1: Standing; p2: Standing },
  winner: 'p1' | 'p2' | 'draw',
): { p1: RatingChange; p2: RatingChange } {
  const teams = (['p1', 'p2'] as const).map((role) => {
    const { rating, deviation } = players[role];
    return [{ mu: rating, sigma: deviation }];
  });
  const [p1, p2] = rate(teams, {
    ...options,
    rank: winner === 'draw' ? [1, 1] : winner === 'p1' ? [1, 2] : [2, 1],
  });
  const change = (before: Standing, after: { mu: number; sigma: number } | undefined): RatingChange => ({
    // Whole points: a rating is exactly what a player began with and the sum of the changes they were told.
    // `|| 0` makes a rounded-down loss 0 and not -0.
    delta: Math.round((after?.mu ?? before.rating) - before.rating) || 0,
    factor: (after?.sigma ?? before.deviation) / before.deviation,
  });
  return { p1: change(players.p1, p1?.[0]), p2: change(players.p2, p2?.[0]) };
}
