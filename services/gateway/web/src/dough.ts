/** The toy of whoever waits: so many presses on the dough make a roll. */
const kneadsPerRoll = 8;

export const rollsOf = (kneads: number): number => Math.floor(kneads / kneadsPerRoll);

/** How far the roll is that is being made: 0 is raw, and just before 1 is baked. */
export const riseOf = (kneads: number): number => (kneads % kneadsPerRoll) / kneadsPerRoll;
