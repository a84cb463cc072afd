import type { Random } from '../random.ts';

/** Codes that players tell each other: mostly two have the same, sometimes three or four, where one would do. */
export class Codes {
  readonly #random: Random;
  #made = 0;
  #left = 0;
  #code = '';

  constructor(random: Random) {
    this.#random = random;
  }

  /** The code of whoever asked before, or a new one. */
  next(): string {
    if (this.#left === 0) {
      this.#code = `code-${++this.#made}`;
      this.#left = Number(this.#random.weighted({ '2': 7, '3': 1, '4': 2 }));
    }
    this.#left--;
    return this.#code;
  }
}
