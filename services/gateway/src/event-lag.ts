import type { ValkeyClock } from '@overcookied/shared/clock.ts';
import type { MatchEvent } from '@overcookied/shared/match/events.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';

/** How long events are under way: from when Valkey published one until its frames are with the sockets. */
export class EventLag {
  readonly #clock: ValkeyClock;
  readonly #lags;

  constructor(clock: ValkeyClock, metrics: Metrics) {
    this.#clock = clock;
    this.#lags = metrics.latency(
      'event_lag_seconds',
      'How long events took from Valkey to the sockets of their players.',
    );
  }

  /** Its frames have been handed to the sockets of the players here. */
  delivered({ at }: MatchEvent): void {
    if (at === undefined) return;
    // The two clocks are known to each other to a fraction of a millisecond, which may be more than the way took.
    this.#lags.observe(Math.max(0, this.#clock.fineNow() - at / 1_000) / 1_000);
  }
}
