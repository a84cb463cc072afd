/** Told when a frame is not done. */
export type FrameVerdict = 'ok' | 'over' | 'enough';

/** One socket's frames: so many a second in the long run, and a burst on top. */
export class FrameBudget {
  readonly #perSecond: number;
  readonly #burst: number;
  /** Frames that may be done now. */
  #left: number;
  /** Frames that may be refused before it is enough. It grows back as fast: who sends twice as many goes on being told. */
  #patience: number;
  #at: number;

  /** @param now in ms, by any clock that does not jump; so is the one of `take` */
  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#left = burst;
    this.#patience = burst;
    this.#at = now;
  }

  /** @returns whether a frame is done, refused, or refused after so many others that the socket is to be closed */
  take(now: number): FrameVerdict {
    const grown = ((now - this.#at) / 1_000) * this.#perSecond;
    this.#at = now;
    this.#left = Math.min(this.#burst, this.#left + grown);
    this.#patience = Math.min(this.#burst, this.#patience + grown);
    if (this.#left >= 1) {
      this.#left--;
      return 'ok';
    }
    if (this.#patience < 1) return 'enough';
    this.#patience--;
    return 'over';
  }
}
