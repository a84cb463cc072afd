/** Numbers and times as a player reads them. */
import { computed } from '@preact/signals';
import { settings } from './state/settings.ts';

const number = computed(() => new Intl.NumberFormat(settings.language.value));
const ago = computed(
  () => new Intl.RelativeTimeFormat(settings.language.value, { numeric: 'auto', style: 'short' }),
);

/** 12345 → "12,345", or "12.345" in German. */
export const formatNumber = (value: number): string => number.value.format(value);

/** What a match changed a rating by: 12 → "+12", -8 → "−8". */
export function formatDelta(points: number): string {
  // A hyphen would be shorter than the plus, and could be taken for one.
  const sign = points > 0 ? '+' : points < 0 ? '−' : '±';
  return sign + number.value.format(Math.abs(points));
}

/** A wait as one would guess it: 3400 → "3 s", 70000 → "1 min". */
export function formatWait(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

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
  if (seconds < 60) return ago.value.format(0, 'second');
  if (seconds < 3600) return ago.value.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return ago.value.format(-Math.floor(seconds / 3600), 'hour');
  return ago.value.format(-Math.floor(seconds / 86_400), 'day');
}
