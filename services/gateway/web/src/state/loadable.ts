import { type ReadonlySignal, signal } from '@preact/signals';

/** What is known of something that is fetched. */
export type Loading<T> = { state: 'loading' } | { state: 'failed' } | { state: 'ready'; data: T };

/** Something fetched from the server, and again on demand; what was there stays until the new is. */
export class Loadable<T> {
  readonly #fetch: () => Promise<T>;
  readonly #current = signal<Loading<T>>({ state: 'loading' });
  #latest = 0;

  constructor(fetch: () => Promise<T>) {
    this.#fetch = fetch;
  }

  get current(): ReadonlySignal<Loading<T>> {
    return this.#current;
  }

  /** What was fetched last; undefined while it is on its way, or when it failed. */
  get data(): T | undefined {
    const { value } = this.#current;
    return value.state === 'ready' ? value.data : undefined;
  }

  /** @returns whether it worked */
  async load(): Promise<boolean> {
    const turn = ++this.#latest;
    // Whoever tries again sees that it is being tried.
    if (this.#current.peek().state === 'failed') this.#current.value = { state: 'loading' };
    const result = await this.#fetch().then(
      (data): Loading<T> => ({ state: 'ready', data }),
      (): Loading<T> => ({ state: 'failed' }),
    );
    // An answer that a later question has overtaken is old news.
    if (turn === this.#latest) this.#current.value = result;
    return result.state === 'ready';
  }

  reset(): void {
    this.#latest++;
    this.#current.value = { state: 'loading' };
  }
}
