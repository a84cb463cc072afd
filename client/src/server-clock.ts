import { ClockOffset } from '@overcookied/shared/clock-offset.ts';

/** The server's clock from here. Both players' countdowns go by it. */
export class ServerClock {
  readonly #offset = new ClockOffset(8);
  #hinted = 0;

  /**
   * @param sentAt local time of the question, in ms
   * @param receivedAt local time of the answer, in ms
   * @param serverTime what the answer said, in ms
   */
  sample(sentAt: number, receivedAt: number, serverTime: number): void {
    this.#offset.add(sentAt, receivedAt, serverTime);
  }

  /** A frame said the time, and no answered question has told better yet: it is taken to have arrived at once. */
  hint(serverTime: number): void {
    this.#hinted = serverTime - Date.now();
  }

  /** Ms since 1970 by the server's clock. */
  now(): number {
    return Date.now() + (this.#offset.isKnown ? this.#offset.ms : this.#hinted);
  }
}
