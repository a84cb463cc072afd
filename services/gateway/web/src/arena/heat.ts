/** How hot the oven is: every own click heats it, and it cools by itself. */

export interface Heat {
  /** What was left of the clicks made until `at`, each of which began as 1. */
  clicks: number;
  /** In ms. */
  at: number;
  level: HeatLevel;
}

/** Cold, warm, hot, on fire. */
export type HeatLevel = 0 | 1 | 2 | 3;

/** Of the heat a third is left after so long, in ms: at a steady pace it is about the clicks a second. */
const coolingMs = 1_000;
/** How much heat each level takes. */
const thresholds = [0, 5, 8, 11];
/** A level is kept down to this part of what it takes: between two clicks it must not flicker. */
const kept = 0.75;

export const cold: Heat = { clicks: 0, at: 0, level: 0 };

/** The heat after one more click. */
export function heated(heat: Heat, now: number): Heat {
  const clicks = left(heat, now) + 1;
  const reached = thresholds.findLastIndex((least) => clicks >= least) as HeatLevel;
  return { clicks, at: now, level: Math.max(reached, heatLevel(heat, now)) as HeatLevel };
}

/** How hot it is now. */
export function heatLevel(heat: Heat, now: number): HeatLevel {
  const least = left(heat, now) / kept;
  return Math.min(
    heat.level,
    thresholds.findLastIndex((threshold) => least >= threshold),
  ) as HeatLevel;
}

const left = ({ clicks, at }: Heat, now: number) => clicks * Math.exp(Math.min(0, at - now) / coolingMs);
