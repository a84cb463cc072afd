/** One side is cut off, and loses unless back by `until`; or was, and came back at `backAt`. In ms by one clock. */
export interface Absence {
  until: number;
  backAt?: number;
}

/**
 * How it stands with a side's absence after news of it.
 * @param awayUntil undefined when the side is there
 */
export function absenceAfter(
  before: Absence | undefined,
  awayUntil: number | undefined,
  now: number,
): Absence | undefined {
  if (awayUntil !== undefined) return { until: awayUntil };
  return before && { ...before, backAt: before.backAt ?? now };
}
