/** How hot the oven is: every own click heats it, and it cools by itself. */

export interface Heat {
  /** What was left of the clicks made until `at`, each of which began as 1. */
  clicks: number;
  /** In ms. */
  at: number;
}

export type HeatLevel = 0 | 1 | 2 | 3;

/** Of the heat a third is left after so long, in ms: at a steady pace it is about the clicks a second. */
const coolingMs = 1_000;
/** From how much heat on it is warm, hot, and on fire. */
const thresholds = [5, 8, 11];

export const cold: Heat = { clicks: 0, at: 0 };

/** The heat after one more click. */
export const heated = (heat: Heat, now: number): Heat => ({ clicks: left(heat, now) + 1, at: now });

export const heatLevel = (heat: Heat, now: number): HeatLevel =>
  thresholds.filter((least) => left(heat, now) >= least).length as HeatLevel;

const left = ({ clicks, at }: Heat, now: number) => clicks * Math.exp(Math.min(0, at - now) / coolingMs);
