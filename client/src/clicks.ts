/**
 * One player's clicks in one match, numbered from 1, so that each is counted exactly once although frames may
 * be lost with a connection and sent again by the next.
 */
export class ClickLog {
  #made: number;
  #sent: number;
  #acked: number;

  /** @param ack highest click that the server has counted already: the player may have reloaded the page */
  constructor(ack = 0) {
    this.#made = ack;
    this.#sent = ack;
    this.#acked = ack;
  }

  get made(): number {
    return this.#made;
  }

  /** Clicks that the server has not said to have counted. */
  get open(): number {
    return this.#made - this.#acked;
  }

  add(count = 1): void {
    this.#made += count;
  }

  /** What to send now, if anything; `markSent` after it has been. */
  unsent(): { seq: number; count: number } | undefined {
    return this.#made > this.#sent ? { seq: this.#made, count: this.#made - this.#sent } : undefined;
  }

  markSent(seq: number): void {
    this.#sent = Math.max(this.#sent, seq);
  }

  acknowledge(ack: number): void {
    this.#acked = Math.max(this.#acked, ack);
  }

  /** On a new connection, everything that is not acknowledged is to be sent again. */
  resume(ack: number): void {
    this.acknowledge(ack);
    this.#made = Math.max(this.#made, ack);
    this.#sent = this.#acked;
  }
}
