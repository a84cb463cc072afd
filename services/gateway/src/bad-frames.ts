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
    this.#times = this.#times.filter((time) => now - time < windowMs);
    this.#times.push(now);
    return this.#times.length >= badFramesPerMinute;
  }
}
