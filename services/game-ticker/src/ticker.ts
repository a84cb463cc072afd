import type { ValkeyClock } from '@overcookied/shared/clock.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import { schedule, unschedule } from '@overcookied/shared/match/due.ts';
import { advance } from '@overcookied/shared/match/match.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { takeDue } from './due-times.ts';

/** How often to look for what is due, in ms. */
const pollMs = 200;
/** What is due so soon is taken already, so that it happens on time and not at the next look. */
const lookAheadMs = 450;
/** A dead ticker's matches come due again for another after so long. */
const leaseMs = 1_000;
/** The most matches in hand at once: a ticker with more to do than it can takes no more from the others. */
const mostHeld = 20_000;
const perShard = 500;

/**
 * Runs every match's clock. It holds nothing but timers for what is due within half a second: whatever it
 * has in hand when it dies comes due again, and another ticker does it.
 */
export class Ticker {
  readonly #valkey: Valkey;
  readonly #clock: ValkeyClock;
  readonly #handIn: (result: MatchResult) => Promise<void>;
  readonly #log: Logger;
  readonly #held = new Map<string, { due: number; timer: NodeJS.Timeout }>();
  readonly #working = new Map<string, Promise<void>>();
  readonly #done;
  readonly #lateness;
  #poll: NodeJS.Timeout | undefined;
  #stopped = false;

  /** @param handIn takes a finished match's result, as often as it is offered, and keeps it once */
  constructor(
    valkey: Valkey,
    clock: ValkeyClock,
    handIn: (result: MatchResult) => Promise<void>,
    log: Logger,
    metrics: Metrics,
  ) {
    this.#valkey = valkey;
    this.#clock = clock;
    this.#handIn = handIn;
    this.#log = log;
    this.#done = metrics.counter('clock_events_total', 'Golden cookies spawned and matches ended.', ['kind']);
    this.#lateness = metrics.histogram(
      'clock_lateness_seconds',
      'How long after its due time a golden cookie came or a match ended.',
      [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 3],
    );
    metrics.gauge(
      'clock_held',
      'Matches whose next due time this ticker has in hand.',
      () => this.#held.size,
    );
  }

  start(): void {
    this.#poll = setTimeout(async () => {
      try {
        await this.#take();
      } catch (error) {
        this.#log.warn({ reason: (error as Error).message }, 'could not look for what is due');
      }
      if (!this.#stopped) this.start();
    }, pollMs);
  }

  /** Finishes what is under way and gives the rest back, so that another ticker need not wait for the lease. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#poll);
    const held = [...this.#held];
    this.#held.clear();
    for (const [, { timer }] of held) clearTimeout(timer);
    await Promise.all([
      ...this.#working.values(),
      ...held.map(([roomId, { due }]) => schedule(this.#valkey, roomId, due)),
    ]);
  }

  async #take(): Promise<void> {
    const room = mostHeld - this.#held.size - this.#working.size;
    if (room <= 0) return;
    for (const { roomId, due } of await takeDue(
      this.#valkey,
      lookAheadMs,
      leaseMs,
      Math.min(perShard, room),
    )) {
      this.#hold(roomId, due);
    }
  }

  #hold(roomId: string, due: number): void {
    const held = this.#held.get(roomId);
    // Taken again while in hand, since its lease ran out: the time to come due again is not the time that it is due.
    if (held && held.due <= due) return;
    clearTimeout(held?.timer);
    const timer = setTimeout(
      () => {
        this.#held.delete(roomId);
        const work = this.#advance(roomId)
          // Nothing is lost: the lease runs out and the match comes due again.
          .catch((error: Error) =>
            this.#log.warn({ room: roomId, reason: error.message }, 'could not advance a match'),
          )
          .finally(() => this.#working.delete(roomId));
        this.#working.set(roomId, work);
      },
      Math.max(0, due - this.#clock.now()),
    );
    this.#held.set(roomId, { due, timer });
  }

  async #advance(roomId: string): Promise<void> {
    const advanced = await advance(this.#valkey, roomId);
    if (advanced.phase === 'gone') return unschedule(this.#valkey, roomId);
    if (advanced.done) this.#lateness.observe(Math.max(0, this.#clock.now() - advanced.done) / 1000);
    if (advanced.phase === 'over') {
      if (advanced.done) this.#done.inc({ kind: 'end' });
      const { p1, p2, winner, reason } = advanced.result;
      await this.#handIn(advanced.result);
      await unschedule(this.#valkey, roomId);
      this.#log.info({ room: roomId, p1: p1.score, p2: p2.score, winner, reason }, 'match over');
      return;
    }
    if (advanced.done) this.#done.inc({ kind: 'golden' });
    // So soon again (this clock may be a little ahead of Valkey's) that the next look would come too late.
    if (advanced.next - this.#clock.now() < lookAheadMs && !this.#stopped) this.#hold(roomId, advanced.next);
    else await schedule(this.#valkey, roomId, advanced.next);
  }
}
