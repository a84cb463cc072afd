/** What happens later, earliest first: a binary heap. */
export class TimeQueue<Item> {
  readonly #times: number[] = [];
  readonly #items: Item[] = [];

  /** When the next happens; infinity when there is nothing. */
  get nextAt(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY;
  }

  add(at: number, item: Item): void {
    let i = this.#times.length;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const parentAt = this.#times[parent] as number;
      if (parentAt <= at) break;
      this.#put(i, parentAt, this.#items[parent] as Item);
      i = parent;
    }
    this.#put(i, at, item);
  }

  /** Takes the next out; undefined when there is nothing. */
  take(): Item | undefined {
    const first = this.#items[0];
    const at = this.#times.pop();
    const item = this.#items.pop();
    if (at === undefined || this.#times.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= this.#times.length) break;
      if ((this.#times[child + 1] ?? Number.POSITIVE_INFINITY) < (this.#times[child] as number)) child++;
      const childAt = this.#times[child] as number;
      if (at <= childAt) break;
      this.#put(i, childAt, this.#items[child] as Item);
      i = child;
    }
    this.#put(i, at, item as Item);
    return first;
  }

  #put(i: number, at: number, item: Item): void {
    this.#times[i] = at;
    this.#items[i] = item;
  }
}
