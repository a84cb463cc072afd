/** Something that is read once for all who ask for it within a moment. */
export class Fresh<T> {
  readonly #read: () => Promise<T>;
  readonly #freshMs: number;
  #latest: Promise<T> | undefined;
  #readAt = 0;

  /** @param freshMs how old it may be, in ms */
  constructor(read: () => Promise<T>, freshMs: number) {
    this.#read = read;
    this.#freshMs = freshMs;
  }

  /** @throws whatever reading it throws */
  read(): Promise<T> {
    const now = performance.now();
    if (!this.#latest || now - this.#readAt > this.#freshMs) {
      this.#readAt = now;
      const reading = this.#read();
      this.#latest = reading;
      reading.catch(() => {
        // A failure is not kept: whoever asks next tries again.
        if (this.#latest === reading) this.#latest = undefined;
      });
    }
    return this.#latest;
  }
}
