import { badFramesPerMinute } from '@overcookied/shared/protocol.ts';

const windowMs = 60_000;

/** Counts one client's bad frames over the latest minute. */
export class BadFrames {
  #times: number[] = [];

  /**
   * @param now ms, by any clock that does not jump
   * @returns true when it was one too many
   */
  add(now: number): boolean {
    // No more of them than it takes, however many there are: that they are too many is known by then.
    this.#times = this.#times.filter((time) => now - time < windowMs).slice(1 - badFramesPerMinute);
    this.#times.push(now);
    return this.#times.length >= badFramesPerMinute;
  }
}
