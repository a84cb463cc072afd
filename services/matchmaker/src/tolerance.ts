/** How unequal an opponent a player accepts: the longer the wait, the more. */

/** At once, in rating points: a match in which the weaker side still wins three times in seven. */
const atOnce = 50;
/** The tolerance doubles every so many ms. */
const doublingMs = 1_000;

/** Whoever has waited so long, in ms, plays anyone who is there. */
export const mostWaitMs = 5_000;

/** The rating distance, in points, that a player accepts after waiting for so long. */
export function tolerance(waitedMs: number): number {
  return waitedMs >= mostWaitMs
    ? Number.POSITIVE_INFINITY
    : atOnce * 2 ** (Math.max(0, waitedMs) / doublingMs);
}

/** How long a player waits before accepting this rating distance, in ms: the other way round. */
export function waitFor(distance: number): number {
  if (distance <= atOnce) return 0;
  return Math.min(mostWaitMs, Math.ceil(doublingMs * Math.log2(distance / atOnce)));
}
