import type { HistoryEvent } from '../history.ts';

/** Something that must not happen, and the least of the history that shows it. */
export interface Violation {
  /** Which rule it breaks, in a few words. */
  rule: string;
  /** What is wrong. */
  what: string;
  excerpt: HistoryEvent[];
}
