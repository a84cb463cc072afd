import type { Valkey } from '@overcookied/shared/valkey.ts';

/** So many questions in a row without an answer of any kind, and the gateway is cut off. */
const mostUnanswered = 16;

/**
 * Whether this gateway still hears of Valkey. One that is cut off from it while others are not holds players who go
 * on clicking, and lose their matches by being away: they must go elsewhere while their grace lasts. A Valkey that is
 * down, full or a replica is so for all gateways, which then keep their sockets: an error is an answer, too.
 *
 * Questions are counted and not the time, since a process that was asleep has heard nothing for long either.
 */
export class Lifeline {
  #unanswered = 0;

  constructor(valkey: Valkey) {
    valkey.on('ready', () => this.answered());
    valkey.on('error', (error: NodeJS.ErrnoException) => {
      // Somebody is there, and says that Valkey is not.
      if (error.code === 'ECONNREFUSED') this.answered();
    });
  }

  /** Valkey is asked something. @returns false when it has left too many questions unanswered */
  ask(): boolean {
    this.#unanswered++;
    return this.#unanswered <= mostUnanswered;
  }

  answered(): void {
    this.#unanswered = 0;
  }

  /** A question failed: Valkey's own refusals are answers. */
  failed(error: Error): void {
    if (error.name === 'ReplyError') this.answered();
  }
}
