import type { Redis } from 'ioredis';

/** So often a change is tried that somebody else's keeps colliding with. */
const tries = 3;

/** Changes JSON values by read-modify-write, each on a connection that nobody else uses meanwhile. */
export class Transactions {
  readonly #idle: Redis[];
  readonly #waiting: ((connection: Redis) => void)[] = [];

  /** @param connections which nobody else uses */
  constructor(connections: Redis[]) {
    this.#idle = [...connections];
  }

  /**
   * @param change gives the new value, or undefined to leave it
   * @returns the new value; undefined when there is none, it was left, or others were quicker each time
   */
  async update<T>(key: string, change: (value: T) => T | undefined): Promise<T | undefined> {
    const connection = await this.#take();
    try {
      for (let i = 0; i < tries; i++) {
        await connection.watch(key);
        const json = await connection.get(key);
        const changed = json === null ? undefined : change(JSON.parse(json));
        if (changed === undefined) {
          await connection.unwatch();
          return undefined;
        }
        if (await connection.multi().set(key, JSON.stringify(changed), 'KEEPTTL').exec()) return changed;
      }
      return undefined;
    } finally {
      this.#give(connection);
    }
  }

  async #take(): Promise<Redis> {
    return this.#idle.pop() ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(connection: Redis): void {
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#idle.push(connection);
  }
}
