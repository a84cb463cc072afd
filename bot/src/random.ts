/** A stream of random numbers that the same seed makes the same (splitmix32). Not for secrets. */
export class Random {
  #state: number;

  /** @param path numbers that name the stream: a seed, whose it is, what it is for */
  constructor(...path: number[]) {
    this.#state = 0;
    for (const part of path) this.#state = (this.#bits() ^ part) >>> 0;
  }

  /** From 0 to below 1, uniformly. */
  next(): number {
    return this.#bits() / 2 ** 32;
  }

  /** From `least` to below `most`, uniformly. */
  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  #bits(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    return (bits ^ (bits >>> 15)) >>> 0;
  }
}
