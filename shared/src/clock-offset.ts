/**
 * How far another clock is ahead of this one, from questions and their answers: that of the sample with the
 * shortest round trip among the latest, whose error is at most half of that trip (Cristian's algorithm).
 */
export class ClockOffset {
  readonly #kept: number;
  #ms = 0;
  #samples: { offset: number; roundTrip: number }[] = [];

  /** @param kept how many samples count */
  constructor(kept: number) {
    this.#kept = kept;
  }

  /** In ms; 0 before the first sample. */
  get ms(): number {
    return this.#ms;
  }

  get isKnown(): boolean {
    return this.#samples.length > 0;
  }

  /**
   * @param sentAt this clock when asking, in ms
   * @param receivedAt this clock when the answer came, in ms
   * @param theirs what the other clock said, in ms
   */
  add(sentAt: number, receivedAt: number, theirs: number): void {
    const roundTrip = receivedAt - sentAt;
    this.#samples.push({ offset: theirs - (sentAt + roundTrip / 2), roundTrip });
    this.#samples = this.#samples.slice(-this.#kept);
    this.#ms = this.#samples.reduce((best, next) => (next.roundTrip <= best.roundTrip ? next : best)).offset;
  }

  /** The other clock may be another one by now. */
  forget(): void {
    this.#samples = [];
    this.#ms = 0;
  }
}
