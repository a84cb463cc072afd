import type { Random } from '@overcookied/bot/random.ts';
import { drawNormal } from './normal.ts';

/**
 * The curve of ratings: a bell around 1500 that leans to the right, as online chess has it, whose ratings mean what
 * ours do (a newcomer has 1500, and 400 points are ten wins in eleven).
 *
 * Lichess publishes its curves of each week (lichess.org/stat/rating/distribution/blitz): a bell with the median near
 * 1500. In 2022 and later players there reported 2200 as the 96th percentile in blitz and the 98th in rapid
 * (lichess.org/forum, "Rating/Percentile distribution of different time controls"), which is a standard deviation of
 * 400 and 340 for a normal curve. The best are further above the middle than the weakest are below it.
 * Here 2200 is the 97th percentile.
 *
 * A game as simple as ours will have a narrower curve, with a peak of newcomers at 1500: both make pairing easier.
 */
const mean = 1_500;
const deviation = 345;
/** How far it leans: the share of the skew-normal distribution's folded half. This makes a skewness of 0.34. */
const lean = 0.85;

const leaningMean = lean * Math.sqrt(2 / Math.PI);
const leaningDeviation = Math.sqrt(1 - leaningMean ** 2);

/** Draws a player's rating, in whole points. */
export function drawRating(random: Random): number {
  const skewed = lean * Math.abs(drawNormal(random)) + Math.sqrt(1 - lean ** 2) * drawNormal(random);
  return Math.round(mean + (deviation * (skewed - leaningMean)) / leaningDeviation);
}
