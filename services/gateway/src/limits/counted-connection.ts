/** A handshake that has not become a connection after so long, in ms, will not: its client has gone meanwhile. */
const handshakeMs = 15_000;

/** A connection that counts for its address, from its handshake until it is gone. */
export class CountedConnection {
  readonly #gone: (address: string) => void;
  readonly #address: string;
  #handshake: NodeJS.Timeout | undefined;
  #isGone = false;

  /** @param gone told once */
  constructor(address: string, gone: (address: string) => void) {
    this.#gone = gone;
    this.#address = address;
    this.#handshake = setTimeout(() => this.closed(), handshakeMs);
  }

  /** The handshake is done. */
  opened(): void {
    clearTimeout(this.#handshake);
    this.#handshake = undefined;
  }

  closed(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.opened();
    this.#gone(this.#address);
  }
}
