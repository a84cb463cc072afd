import type { ValkeyClock } from '@overcookied/shared/clock.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import { logged } from '@overcookied/shared/match/logged.ts';
import { advance } from '@overcookied/shared/match/match.ts';
import type { MatchResult } from '@overcookied/shared/match/result.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { type DueRoom, type Note, note, takeDue } from './due-times.ts';

/** How often to look for what is due, and to note what has become of what was, in ms. */
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
/** The most to take of each of the sets at a look: after an outage all matches are due, and Valkey is not to be held up. */
const perSet = 200;
/**
 * Timers aim so far behind the due time: they may fire a millisecond early, and this clock may be one ahead of Valkey's.
 * A look too soon is in vain and costs another.
 */
const aimMs = 2;
/** A match that is due again so soon is not left to the next look, which may come too late; in ms. */
const soonMs = 150;
/** The least time to a look for its sake, in ms: if this clock is ahead, nothing is due yet, again and again. */
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
  /** What has become of matches, to be noted at the next look. */
  #notes: Note[] = [];
  readonly #done;
  readonly #inVain;
  readonly #lateness;
  readonly #ended;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  /** Whether the next look is not to wait. */
  #isUrgent = false;
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
    this.#lookIn(pollMs);
  }

  /** Finishes what is under way and gives the rest back, so that another ticker need not wait for the lease. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
    for (const [roomId, { room, timer }] of this.#held) {
      clearTimeout(timer);
      this.#notes.push({ roomId, lease: room.lease, next: room.due });
    }
    this.#held.clear();
    // What Valkey does not hear of comes due again when its lease runs out.
    const giveBack = () => note(this.#valkey, this.#notes.splice(0)).catch(() => {});
    await giveBack();
    await Promise.all(this.#working.values());
    await giveBack();
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#isUrgent = false;
      this.#looking = this.#look()
        .catch((error: Error) => this.#log.debug({ reason: error.message }, 'could not look for what is due'))
        .finally(() => {
          this.#looking = undefined;
          if (!this.#stopped) this.#lookIn(this.#isUrgent ? leastMs : pollMs);
        });
    }, ms);
  }

  async #look(): Promise<void> {
    const left = Math.max(0, mostHeld - this.#held.size - this.#working.size);
    const taking = { lookAheadMs, leaseMs, perSet: Math.min(perSet, left) };
    // Notes that Valkey does not hear of are lost: the leases run out, and the matches come due again.
    for (const room of await takeDue(this.#valkey, taking, this.#notes.splice(0))) {
      // Whoever has asked for the clock knows of something that a look under way may not see. So that look keeps its
      // old lease, and cannot say when the next one is: the match comes due again when the new one runs out.
      if (!this.#working.has(room.roomId)) this.#hold(room);
    }
  }

  #note(noted: Note): void {
    this.#notes.push(noted);
    const isSoon = noted.next !== undefined && noted.next - this.#clock.now() < soonMs;
    if (!isSoon || this.#isUrgent || this.#stopped) return;
    this.#isUrgent = true;
    if (!this.#looking) this.#lookIn(leastMs);
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

  async #advance({ roomId, lease }: DueRoom): Promise<void> {
    const advanced = await advance(this.#valkey, roomId);
    if (advanced.phase === 'gone') return this.#note({ roomId, lease, next: undefined });
    if (advanced.done) this.#lateness.observe(Math.max(0, this.#clock.now() - advanced.done) / 1000);
    if (advanced.phase === 'over') {
      if (advanced.done) this.#done.inc({ kind: 'end' });
      return this.#finish(roomId, lease, advanced.result);
    }
    if (advanced.done) this.#done.inc({ kind: 'golden' });
    else this.#inVain.inc();
    this.#note({ roomId, lease, next: advanced.next });
  }

  async #finish(roomId: string, lease: number, result: MatchResult): Promise<void> {
    try {
      await this.#handIn(result);
    } catch (error) {
      this.#log.debug({ room: roomId, reason: (error as Error).message }, 'result not handed in yet');
      return this.#note({ roomId, lease, next: this.#clock.now() + handInRetryMs });
    }
    // Whoever has it in hand by now would only hand it in again: a match that is over stays over.
    this.#note({ roomId, lease: undefined, next: undefined });
    const { winner, reason } = result;
    this.#ended.inc({ reason: reason || 'time' });
    this.#log.info({ ...logged(result), winner, reason }, 'match over');
  }
}
