type Numbers = Int16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** A list of millions of numbers, as small as they can be kept. */
export class Column<Kind extends Numbers> {
  readonly #kind: new (
    length: number,
  ) => Kind;
  #kept: Kind;
  #length = 0;

  constructor(kind: new (length: number) => Kind) {
    this.#kind = kind;
    this.#kept = new kind(1_024);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#kept.length) {
      const larger = new this.#kind(2 * this.#kept.length);
      larger.set(this.#kept);
      this.#kept = larger;
    }
    this.#kept[this.#length++] = value;
  }

  /** A copy of all. */
  values(): Kind {
    return this.#kept.slice(0, this.#length) as Kind;
  }
}
