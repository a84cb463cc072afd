/**
 * One player's clicks in one match, numbered from 1, so that each is counted exactly once although frames may
 * be lost with a connection, or by a server in trouble, and are sent again.
 */
export class ClickLog {
  #made: number;
  #sent: number;
  #acked: number;

  /**
   * @param ack highest click that the server has counted already: the player may have reloaded the page
   * @param made highest that the page had made, as far as it is remembered: those in between are sent (again), and
   *   their numbers not given to others
   */
  constructor(ack = 0, made = 0) {
    this.#made = Math.max(ack, made);
    this.#sent = ack;
    this.#acked = ack;
  }

  get made(): number {
    return this.#made;
  }

  /** Highest click that the server has said to have counted. */
  get acked(): number {
    return this.#acked;
  }

  /** Clicks that the server has not said to have counted. */
  get open(): number {
    return this.#made - this.#acked;
  }

  add(count = 1): void {
    this.#made += count;
  }

  /**
   * What to send now, if anything; `markSent` after it has been. It says once more all that is not acknowledged: a frame
   * before it may have been dropped, and a later number's acknowledgement would hide that.
   */
  unsent(): { seq: number; count: number } | undefined {
    return this.#made > this.#sent ? { seq: this.#made, count: this.#made - this.#acked } : undefined;
  }

  markSent(seq: number): void {
    this.#sent = Math.max(this.#sent, seq);
  }

  /**
   * The server has counted so far. Less than before means that a Valkey failed and another took over without the
   * latest clicks: those are to be sent once more.
   */
  acknowledge(ack: number): void {
    this.#sent = ack < this.#acked ? ack : Math.max(this.#sent, ack);
    this.#made = Math.max(this.#made, ack);
    this.#acked = ack;
  }

  /** Everything that is not acknowledged is to be sent again: what was sent may be lost. */
  rewind(): void {
    this.#sent = this.#acked;
  }
}
