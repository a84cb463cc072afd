const samplesKept = 8;

/**
 * The server's clock from here: the local clock plus the offset of the sample with the shortest round trip
 * among the latest eight (Cristian's algorithm). Both players' countdowns go by it.
 */
export class ServerClock {
  #samples: { offset: number; roundTrip: number }[] = [];
  #offset = 0;

  /**
   * @param sentAt local time of the question, in ms
   * @param receivedAt local time of the answer, in ms
   * @param serverTime what the answer said, in ms
   */
  sample(sentAt: number, receivedAt: number, serverTime: number): void {
    const roundTrip = receivedAt - sentAt;
    this.#samples.push({ offset: serverTime - (sentAt + roundTrip / 2), roundTrip });
    this.#samples = this.#samples.slice(-samplesKept);
    this.#offset = this.#samples.reduce((best, next) =>
      next.roundTrip < best.roundTrip ? next : best,
    ).offset;
  }

  /** A frame said the time, and no answered question has told better yet: it is taken to have arrived at once. */
  hint(serverTime: number): void {
    if (this.#samples.length === 0) this.#offset = serverTime - Date.now();
  }

  /** Ms since 1970 by the server's clock. */
  now(): number {
    return Date.now() + this.#offset;
  }
}
