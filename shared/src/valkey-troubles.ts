import type { Logger } from './log.ts';

/** Tells the log which nodes cannot be reached: each reason once, not at every try, and once when it is over. */
export class Troubles {
  readonly #log: Logger;
  /** By node. More than one, since a try that is refused also ends whatever was asked by it. */
  readonly #reasons = new Map<string, Set<string>>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** @param node its address, without user and password */
  failed(node: string, error: Error): void {
    const told = this.#reasons.get(node) ?? new Set();
    if (told.has(error.message)) return;
    this.#reasons.set(node, told.add(error.message));
    this.#log.warn(
      { valkey: node, reason: error.message || error.name },
      'valkey is not reachable, trying again',
    );
  }

  ready(node: string): void {
    if (this.#reasons.delete(node)) this.#log.info({ valkey: node }, 'valkey is reachable again');
  }
}
