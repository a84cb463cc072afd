/** Numbers and times as a player reads them. */
const locale = 'en';
const number = new Intl.NumberFormat(locale);
const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });

/** 12345 → "12,345". */
export const formatNumber = (value: number): string => number.format(value);

/** 75 → "1:15". */
export function formatDuration(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * "now", "5 min. ago", "yesterday".
 * @param at unix seconds
 * @param now unix seconds
 */
export function formatAgo(at: number, now: number): string {
  // A clock that is a little behind must not say "in 2 seconds".
  const seconds = Math.max(0, now - at);
  if (seconds < 60) return ago.format(0, 'second');
  if (seconds < 3600) return ago.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return ago.format(-Math.floor(seconds / 3600), 'hour');
  return ago.format(-Math.floor(seconds / 86_400), 'day');
}
