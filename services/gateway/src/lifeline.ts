import type { Valkey } from '@overcookied/shared/valkey.ts';
import { isSilent } from '@overcookied/shared/valkey-check.ts';

/** So many signs of life in a row that Valkey did not take, and it is looked at why. */
const mostFailures = 16;

/**
 * Whether this gateway still hears of Valkey. One that is cut off from it while others are not holds players who go
 * on clicking, and lose their matches by being away: they must go elsewhere while their grace lasts. A Valkey that is
 * down, full, a replica or loading its data is so for all gateways, which then keep their sockets.
 *
 * Failures are counted and not the time, since a process that was asleep has heard nothing for long either.
 */
export class Lifeline {
  readonly #valkey: Valkey;
  #failures = 0;

  constructor(valkey: Valkey) {
    this.#valkey = valkey;
  }

  /** Valkey is about to be asked. @returns true when it has left too many questions open, and is silent altogether */
  async isCut(): Promise<boolean> {
    if (++this.#failures <= mostFailures) return false;
    // What is found out now holds for as many questions to come.
    this.#failures = 0;
    return isSilent(this.#valkey);
  }

  answered(): void {
    this.#failures = 0;
  }
}
