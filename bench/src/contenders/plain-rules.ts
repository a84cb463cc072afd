import { Rules } from '@overcookied/shared/rules.ts';

/** Long matches without golden cookies, in which every click counts. */
export const plainRules = Rules.parse({
  countdownMs: 0,
  matchMs: 3_600_000,
  goldenGapMs: [3_600_000, 3_600_000],
  clickRate: 1_000,
  clickBurst: 10_000,
});
