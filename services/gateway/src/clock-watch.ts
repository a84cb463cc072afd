import type { ValkeyClock } from '@overcookied/shared/clock.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import { askForClock } from '@overcookied/shared/match/due.ts';
import type { MatchState } from '@overcookied/shared/match/state.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

/** So long after it should have come, in ms, something is overdue. */
const overdueMs = 2_000;

interface WatchParts {
  valkey: Valkey;
  clock: ValkeyClock;
  log: Logger;
}

/**
 * Notices that nobody runs a match's clock. The time at which a match is due is not where the match is: on a cluster a
 * node that fails over may lose the one and keep the other, and the match would have no end.
 */
export class ClockWatch {
  readonly #roomId: string;
  readonly #parts: WatchParts;
  #goldenId: number | undefined;
  /** When the match last showed that its clock runs, or this gateway began to look, in ms by Valkey's clock. */
  #seenAt = 0;

  constructor(roomId: string, parts: WatchParts) {
    this.#roomId = roomId;
    this.#parts = parts;
  }

  /** Looks at the match as it is known now. */
  look(state: MatchState): void {
    const now = this.#parts.clock.now();
    const latest = Math.max(state.golden?.id ?? 0, state.claimed?.id ?? 0);
    if (latest !== this.#goldenId) {
      this.#goldenId = latest;
      this.#seenAt = Math.max(now, state.startsAt);
    }
    if (now > Math.min(this.#seenAt + state.rules.goldenGapMs[1], state.endsAt) + overdueMs) this.#ask(now);
  }

  #ask(now: number): void {
    // Once in a while, not at every look.
    this.#seenAt = now;
    const { valkey, log } = this.#parts;
    askForClock(valkey, this.#roomId).then(
      () => log.debug({ room: this.#roomId }, 'nobody ran the clock of a match: asked for it'),
      (error: Error) =>
        log.debug({ room: this.#roomId, reason: error.message }, 'could not ask for the clock'),
    );
  }
}
