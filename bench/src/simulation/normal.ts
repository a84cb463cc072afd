import type { Random } from '@overcookied/bot/random.ts';

/** Draws from the normal distribution with mean 0 and standard deviation 1 (Box and Muller). */
export function drawNormal(random: Random): number {
  // 1 - next() is never 0, of which there is no logarithm.
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Draws a time between two events of a Poisson process, in the unit of `mean`. */
export function drawGap(random: Random, mean: number): number {
  return -Math.log(1 - random.next()) * mean;
}

/**
 * Where a share of the normal distribution lies, in standard deviations from the mean; Hastings' approximation, which
 * is off by less than 0.0005 (Abramowitz and Stegun, 26.2.23).
 *
 * @param share between 0 and 1
 */
export function probit(share: number): number {
  if (share > 0.5) return -probit(1 - share);
  const t = Math.sqrt(-2 * Math.log(share));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return above / below - t;
}
