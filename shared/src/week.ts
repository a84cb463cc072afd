const dayMs = 86_400_000;

/**
 * The ISO 8601 week of a moment, by UTC, for instance `2026-W48`. The labels of later weeks sort higher.
 *
 * @param at ms since 1970
 */
export function isoWeek(at: number): string {
  const day = new Date(at);
  // The week belongs to the year that its Thursday is in.
  const thursday = new Date(
    Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() - ((day.getUTCDay() + 6) % 7) + 3),
  );
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / dayMs / 7);
  return `${year}-W${String(week).padStart(2, '0')}`;
}

export const weekMs = 7 * dayMs;

/** Weeks by UTC, counted on: that of 1 January 1970, a Thursday, is 0. @param at ms since 1970 */
export const weekNumber = (at: number): number => Math.floor((at / dayMs + 3) / 7);

/** When the week of this number begins, on its Monday, in ms since 1970. */
export const weekStart = (number: number): number => (number * 7 - 3) * dayMs;

/** For how long after its end a week's leaderboard and its players' points of that week are kept, in weeks. */
export const weeksKept = 5;
