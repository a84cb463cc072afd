import type { Logger } from './log.ts';

/** Tells the log which nodes cannot be reached: each reason once, not at every try, and once when it is over. */
export class Troubles {
  readonly #log: Logger;
  readonly #reasons = new Map<string, string>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** @param node its address, without user and password */
  failed(node: string, error: Error): void {
    if (this.#reasons.get(node) === error.message) return;
    this.#reasons.set(node, error.message);
    this.#log.warn(
      { valkey: node, reason: error.message || error.name },
      'valkey is not reachable, trying again',
    );
  }

  ready(node: string): void {
    if (this.#reasons.delete(node)) this.#log.info({ valkey: node }, 'valkey is reachable again');
  }
}
