import type { ClickRange } from '@overcookied/shared/match/match.ts';

const mostRanges = 16;
const mostUnnumbered = 1_000;
const retryMs = 250;

/** Is called once a range has been dealt with, or has not. */
type Done = (error?: Error) => void;

/**
 * One player's clicks on their way to Valkey. The first goes out at once; those that come while its call is
 * under way leave together in the next, so that the slower Valkey is, the fewer calls it gets.
 *
 * Numbered clicks whose call failed are sent again, since counting them twice is impossible; clicks without
 * numbers are not, since nobody knows whether they were counted.
 */
export class ClickBatch {
  readonly #call: (range: ClickRange, done: Done) => void;
  readonly #failed: (error: Error) => void;
  #ranges: ClickRange[] = [];
  #unnumbered = 0;
  #busy = false;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;
  /** Who waits until all is counted. */
  #waiting: (() => void)[] = [];

  /**
   * @param call counts a range of clicks, and says with an error that it is not known whether they were counted
   * @param failed is told of each such failure
   */
  constructor(call: (range: ClickRange, done: Done) => void, failed: (error: Error) => void) {
    this.#call = call;
    this.#failed = failed;
  }

  /** @returns false when there is no room for more; the client still has them, if it numbers its clicks */
  add(click: { seq?: number | undefined; count: number }): boolean {
    if (click.seq === undefined) {
      if (this.#unnumbered >= mostUnnumbered) return false;
      this.#unnumbered++;
    } else {
      const ranges = merge(this.#ranges, { first: click.seq - click.count + 1, last: click.seq });
      if (ranges.length > mostRanges) return false;
      this.#ranges = ranges;
    }
    this.#flush();
    return true;
  }

  /** Resolves when all that was added has been counted or given up, or after so many ms. */
  settled(withinMs: number): Promise<void> {
    if (this.#isIdle) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** What is not yet sent is given up: the match is over for this connection. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#tellWaiting();
  }

  get #isIdle(): boolean {
    return !this.#busy && this.#ranges.length === 0 && this.#unnumbered === 0;
  }

  #tellWaiting(): void {
    for (const tell of this.#waiting.splice(0)) tell();
  }

  #flush(): void {
    if (this.#busy || this.#closed || this.#retry) return;
    const range = this.#next();
    if (!range) return;
    this.#busy = true;
    this.#call(range, (error) => {
      this.#busy = false;
      if (error) this.#keep(range, error);
      else this.#flush();
      if (this.#isIdle) this.#tellWaiting();
    });
  }

  #keep(range: ClickRange, error: Error): void {
    if (range.first > 0) this.#ranges = merge(this.#ranges, range);
    this.#failed(error);
    if (this.#closed) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#flush();
    }, retryMs);
  }

  #next(): ClickRange | undefined {
    const range = this.#ranges.shift();
    if (range || this.#unnumbered === 0) return range;
    const last = this.#unnumbered;
    this.#unnumbered = 0;
    return { first: 0, last };
  }
}

/** The ranges with one more, in order; those that touch become one. */
export function merge(ranges: ClickRange[], added: ClickRange): ClickRange[] {
  const merged: ClickRange[] = [];
  for (const range of [...ranges, added].sort((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before && range.first <= before.last + 1) before.last = Math.max(before.last, range.last);
    else merged.push({ ...range });
  }
  return merged;
}
