/**
 * The rules of a match: every number that a player can feel.
 *
 * An operator or a test overrides any of them with the `RULES` environment variable (JSON), for instance
 * `RULES='{"matchMs":3000,"countdownMs":500}'` for a three-second match. A match keeps the rules it began
 * with: they are stored in its hash, so a deploy that changes them does not change a running match.
 */
import * as z from 'zod/mini';

const duration = z.int().check(z.gte(0), z.lte(3_600_000));
const points = z.int().check(z.gte(0), z.lte(1_000));

export const Rules = z.strictObject({
  /** From "match found" to the first click that counts, in ms. */
  countdownMs: z._default(duration, 5_000),
  /** Length of the match, in ms. */
  matchMs: z._default(z.int().check(z.gte(100), z.lte(3_600_000)), 60_000),
  /** Points for one click. */
  clickPoints: z._default(points, 1),
  /** Least and most ms between two golden cookies, and between the start and the first one. */
  goldenGapMs: z._default(
    z
      .tuple([z.int().check(z.gte(1)), z.int().check(z.gte(1))])
      .check(z.refine(([least, most]) => least <= most, 'the first number must not be above the second')),
    [5_000, 10_000],
  ),
  /** Points for claiming a golden cookie. */
  goldenPoints: z._default(points, 5),
  /** How long a click is worth more after claiming a golden cookie, in ms. */
  bonusMs: z._default(duration, 5_000),
  /** What a click's points are multiplied by while a bonus runs. */
  bonusFactor: z._default(z.int().check(z.gte(1), z.lte(100)), 2),
  /** Fastest clicking that counts, in clicks a second, averaged since the start… */
  clickRate: z._default(z.number().check(z.gt(0), z.lte(1_000)), 20),
  /** …plus this many clicks on top. */
  clickBurst: z._default(z.int().check(z.gte(0), z.lte(10_000)), 30),
  /** How long a player whose connection broke may stay away before the other wins, in ms. */
  graceMs: z._default(duration, 10_000),
});
export type Rules = z.infer<typeof Rules>;

/** The rules as designed, with nothing overridden. */
export const defaultRules: Rules = Rules.parse({});
