/**
 * The rules of the matches that are fuzzed: short, and such that a score can be read back. A golden cookie is worth a
 * thousand points and nothing is doubled, so that 2,013 are two claims and thirteen clicks.
 */
export const rules = {
  countdownMs: 1_000,
  matchMs: 4_000,
  goldenGapMs: [300, 600],
  goldenPoints: 1_000,
  bonusFactor: 1,
  clickRate: 20,
  clickBurst: 30,
  graceMs: 1_000,
};

export const claimsIn = (score: number): number => Math.floor(score / rules.goldenPoints);
export const clicksIn = (score: number): number => score % rules.goldenPoints;
