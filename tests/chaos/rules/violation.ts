/** One moment of a history, for a reader. */
export interface Line {
  at: number;
  text: string;
}

/** Something that must not happen, and the least of the history that shows it. */
export interface Violation {
  /** Which rule it breaks, in a few words. */
  rule: string;
  /** What is wrong. */
  what: string;
  excerpt: Line[];
  /** Kinds of service whose faults may have to do with it; all unless told. */
  services?: readonly string[];
}
