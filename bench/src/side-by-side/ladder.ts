/** How the highest rate is found that a contender can take: by halving what is left of a ladder of rates. */

/** A rate that was tried, and whether the contender could take it. */
export interface Tried {
  clicksPerSecond: number;
  holds: boolean;
}

/** How many rungs double the rate: each is 19 per cent above the one before. */
const rungsPerDouble = 4;
const [lowest, doubles] = [1_000, 5];

/** Rates from 1,000 to 32,000 clicks a second. */
export const rungs: readonly number[] = Array.from(
  { length: rungsPerDouble * doubles + 1 },
  (_, i) => 10 * Math.round((lowest * 2 ** (i / rungsPerDouble)) / 10),
);

/** So many tries leave no two rungs in doubt. */
export const triesToFind = Math.ceil(Math.log2(rungs.length + 1));

/** Between which rates the limit is, by what was tried: the highest that held, and the lowest that did not. */
export function limitsOf(tried: readonly Tried[]): { holds: number | undefined; fails: number | undefined } {
  const fails = Math.min(
    ...tried.filter(({ holds }) => !holds).map(({ clicksPerSecond }) => clicksPerSecond),
  );
  // A rate that held above one that did not held by luck.
  const held = tried.filter((each) => each.holds && each.clicksPerSecond < fails);
  const holds = Math.max(...held.map(({ clicksPerSecond }) => clicksPerSecond));
  return {
    holds: Number.isFinite(holds) ? holds : undefined,
    fails: Number.isFinite(fails) ? fails : undefined,
  };
}

/** Which rate to try next, in the middle of what is in doubt; undefined when nothing is. */
export function nextRate(tried: readonly Tried[]): number | undefined {
  const { holds = 0, fails = Number.POSITIVE_INFINITY } = limitsOf(tried);
  const open = rungs.filter((rate) => rate > holds && rate < fails);
  return open[Math.floor(open.length / 2)];
}
