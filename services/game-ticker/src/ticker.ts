import type { ValkeyClock } from '@overcookied/shared/clock.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import { unschedule } from '@overcookied/shared/match/due.ts';
import { logged } from '@overcookied/shared/match/logged.ts';
import { advance } from '@overcookied/shared/match/match.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { type DueRoom, drop, keep, reschedule, takeDue } from './due-times.ts';

/** How often to look for what is due, in ms. */
const pollMs = 100;
/** What is due so soon is taken already, so that it happens on time even if a look comes late. */
const lookAheadMs = 300;
/**
 * A dead ticker's matches come due again for another after so long. A ticker that lives, but is later than this less
 * the look-ahead, loses matches to another too, which costs a second look at each and does no harm.
 */
const leaseMs = 600;
/** The most matches in hand at once: a ticker with more to do than it can takes no more from the others. */
const mostHeld = 20_000;
const perShard = 500;
/**
 * Timers aim so far behind the due time: they may fire a millisecond early, and this clock may be one ahead of Valkey's.
 * A look too soon is in vain and costs another.
 */
const aimMs = 2;
/** The least time to the next look at a match that is held on to, in ms. */
const leastMs = 2;
/** A result that could not be handed in, since the records' Valkey is away, is tried again after so long, in ms. */
const handInRetryMs = 5_000;

/**
 * Runs every match's clock. It holds nothing but timers for what is due within a moment: whatever it has in hand when
 * it dies comes due again, and another ticker does it. What it says of a match counts only while its lease stands, so
 * that one that was only asleep changes nothing when it wakes up.
 */
export class Ticker {
  readonly #valkey: Valkey;
  readonly #clock: ValkeyClock;
  readonly #handIn: (result: MatchResult) => Promise<void>;
  readonly #log: Logger;
  readonly #held = new Map<string, { room: DueRoom; timer: NodeJS.Timeout }>();
  readonly #working = new Map<string, Promise<void>>();
  readonly #done;
  readonly #inVain;
  readonly #lateness;
  readonly #ended;
  #poll: NodeJS.Timeout | undefined;
  #taking = Promise.resolve();
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
    this.#inVain = metrics.counter(
      'clock_looks_in_vain_total',
      'Looks at a match that had nothing due: a player has gone or come back, another ticker was there, or too soon.',
    );
    this.#lateness = metrics.histogram(
      'clock_lateness_seconds',
      'How long after its due time a golden cookie came or a match ended.',
      [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 3],
    );
    this.#ended = metrics.counter(
      'matches_ended_total',
      'Matches whose result is handed in, by why they ended.',
      ['reason'],
    );
    metrics.gauge(
      'clock_held',
      'Matches whose next due time this ticker has in hand.',
      () => this.#held.size,
    );
  }

  start(): void {
    this.#poll = setTimeout(() => {
      this.#taking = this.#take()
        .catch((error: Error) => this.#log.debug({ reason: error.message }, 'could not look for what is due'))
        .finally(() => {
          if (!this.#stopped) this.start();
        });
    }, pollMs);
  }

  /** Finishes what is under way and gives the rest back, so that another ticker need not wait for the lease. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#poll);
    await this.#taking;
    const held = [...this.#held];
    this.#held.clear();
    for (const [, { timer }] of held) clearTimeout(timer);
    // What Valkey does not hear of comes due again when its lease runs out.
    await Promise.allSettled([
      ...this.#working.values(),
      ...held.map(([, { room }]) => reschedule(this.#valkey, room, room.due)),
    ]);
  }

  async #take(): Promise<void> {
    const most = mostHeld - this.#held.size - this.#working.size;
    if (most <= 0) return;
    const taken = await takeDue(this.#valkey, lookAheadMs, leaseMs, Math.min(perShard, most));
    for (const room of taken) {
      // Whoever has asked for the clock knows of something that a look under way may not see. So that look keeps its
      // old lease, and cannot say when the next one is: the match comes due again when the new one runs out.
      if (!this.#working.has(room.roomId)) this.#hold(room);
    }
  }

  #hold({ roomId, due, lease }: DueRoom): void {
    const held = this.#held.get(roomId);
    clearTimeout(held?.timer);
    // Taken again while in hand, since its lease ran out: the time to come due again is not the time that it is due.
    const room = { roomId, due: Math.min(due, held?.room.due ?? due), lease };
    const timer = setTimeout(
      () => {
        this.#held.delete(roomId);
        const work = this.#advance(room)
          // Nothing is lost: the lease runs out and the match comes due again. No warning: Valkey's connection has
          // given one, and there may be thousands of matches.
          .catch((error: Error) =>
            this.#log.debug({ room: roomId, reason: error.message }, 'could not advance'),
          )
          .finally(() => this.#working.delete(roomId));
        this.#working.set(roomId, work);
      },
      Math.max(0, room.due + aimMs - this.#clock.now()),
    );
    this.#held.set(roomId, { room, timer });
  }

  async #advance(room: DueRoom): Promise<void> {
    const { roomId } = room;
    const advanced = await advance(this.#valkey, roomId);
    if (advanced.phase === 'gone') return drop(this.#valkey, room);
    if (advanced.done) this.#lateness.observe(Math.max(0, this.#clock.now() - advanced.done) / 1000);
    if (advanced.phase === 'over') {
      if (advanced.done) this.#done.inc({ kind: 'end' });
      return this.#finish(room, advanced.result);
    }
    if (advanced.done) this.#done.inc({ kind: 'golden' });
    else this.#inVain.inc();
    const { next } = advanced;
    if (next - this.#clock.now() < lookAheadMs && !this.#stopped) await this.#holdOn(room, next);
    else await reschedule(this.#valkey, room, next);
  }

  /** It needs its clock again so soon that the next look at what is due would come too late. */
  async #holdOn(room: DueRoom, next: number): Promise<void> {
    // Not at once, or a clock that is far ahead would make this go round as fast as Valkey answers.
    const due = Math.max(next, this.#clock.now() + leastMs);
    const kept = await keep(this.#valkey, room, due, leaseMs);
    if (!kept) return;
    if (this.#stopped) await reschedule(this.#valkey, kept, next);
    else this.#hold(kept);
  }

  async #finish(room: DueRoom, result: MatchResult): Promise<void> {
    const { roomId } = room;
    try {
      await this.#handIn(result);
    } catch (error) {
      this.#log.debug({ room: roomId, reason: (error as Error).message }, 'result not handed in yet');
      await reschedule(this.#valkey, room, this.#clock.now() + handInRetryMs);
      return;
    }
    // Whoever has it in hand by now would only hand it in again: a match that is over stays over.
    await unschedule(this.#valkey, roomId);
    const { winner, reason } = result;
    this.#ended.inc({ reason: reason || 'time' });
    this.#log.info({ ...logged(result), winner, reason }, 'match over');
  }
}
