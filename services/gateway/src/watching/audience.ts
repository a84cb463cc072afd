import type { ValkeyClock } from '@overcookied/shared/clock.ts';
import type { MatchState } from '@overcookied/shared/match/state.ts';
import type { Counter } from '@overcookied/shared/metrics.ts';
import { closeCode, type ErrorCode } from '@overcookied/shared/protocol.ts';
import type { WatchFrame } from '@overcookied/shared/watch-protocol.ts';
import { cutOff } from '../departure.ts';
import { watchOver, watchStart, watchUpdate } from './watch-frames.ts';

/** Clicks are told of at most once in so long, in ms… */
export const leastPauseMs = 200;
/** …and how the match stands once in so long, in ms, whatever happens: with its way to the page that is within a second. */
export const mostPauseMs = 900;
/** So many are told at once. Then it is the players' turn, whose frames would wait behind a thousand writes. */
export const atOnce = 50;

/** Somebody who watches a match by this gateway. */
export interface Spectator {
  /** @param text the frame as it is sent, written once for all */
  tell(frame: WatchFrame, text: string): void;
  /** All has been told. */
  ended(): void;
  /** There is nothing to watch. */
  dismissed(code: ErrorCode, message: string): void;
  /** This gateway cannot show it: another one may. */
  sendAway(code: number, reason: string): void;
}

export interface AudienceParts {
  clock: ValkeyClock;
  /** Frames sent to spectators. */
  watchFrames: Counter;
}

/**
 * All who watch one match by this gateway. They are told how it stands, and not what led there: each frame has the whole
 * of it, is made once for all of them, and takes the place of any before it that somebody has not been told yet.
 */
export class Audience {
  readonly #parts: AudienceParts;
  #match: MatchState | undefined;
  /** Whether each has been told the match's beginning, which is told once. */
  readonly #spectators = new Map<Spectator, { isStarted: boolean }>();
  /** Those who have not been told the latest yet. */
  readonly #owed = new Set<Spectator>();
  #latest: { frame: WatchFrame; text: string } | undefined;
  #turn: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isDue = false;
  /** Nobody knows how the match stands just now: to tell the time with what was known would be to say that it is so. */
  #isPaused = false;
  #toldAt = Number.NEGATIVE_INFINITY;

  /** @param match as far as it is known */
  constructor(parts: AudienceParts, match: MatchState | undefined) {
    this.#parts = parts;
    this.#match = match;
  }

  get size(): number {
    return this.#spectators.size;
  }

  add(spectator: Spectator): void {
    this.#spectators.set(spectator, { isStarted: false });
    if (!this.#match) return;
    this.#start(spectator, this.#match);
    if (this.size === 1 && !this.#isPaused) this.#tellIn(mostPauseMs);
  }

  remove(spectator: Spectator): void {
    this.#spectators.delete(spectator);
    this.#owed.delete(spectator);
    if (this.size === 0) this.#rest();
  }

  /** The match is as it says now. @param isUrgent whether it is told at once */
  show(match: MatchState, isUrgent: boolean): void {
    this.#match = match;
    this.#isPaused = false;
    if (this.size === 0 || (this.#isDue && !isUrgent)) return;
    this.#isDue = true;
    this.#tellIn(isUrgent ? 0 : this.#toldAt + leastPauseMs - performance.now());
  }

  /** The match is over. */
  end(match: MatchState): void {
    this.#match = match;
    this.#rest();
    this.#tellAll(watchOver(match, this.#parts.clock.now()));
  }

  /** The match cannot be read: nobody is told anything before `show`, and those who know nothing yet are sent elsewhere. */
  pause(): void {
    this.#isPaused = true;
    this.#rest();
    if (this.#match) return;
    for (const spectator of this.#spectators.keys()) spectator.sendAway(closeCode.tryAgainLater, cutOff);
  }

  /** There is no match to be watched. */
  dismiss(code: ErrorCode, message: string): void {
    this.#rest();
    clearImmediate(this.#turn);
    this.#turn = undefined;
    this.#owed.clear();
    for (const spectator of this.#spectators.keys()) spectator.dismissed(code, message);
  }

  #tellIn(ms: number): void {
    clearTimeout(this.#timer);
    if (ms > 0) this.#timer = setTimeout(() => this.#tellIn(0), ms);
    else if (this.#match) {
      this.#isDue = false;
      this.#tellAll(watchUpdate(this.#match, this.#parts.clock.now()));
      this.#tellIn(mostPauseMs);
    }
  }

  #tellAll(frame: WatchFrame): void {
    this.#toldAt = performance.now();
    this.#latest = { frame, text: JSON.stringify(frame) };
    for (const spectator of this.#spectators.keys()) this.#owed.add(spectator);
    if (!this.#turn) this.#tellSome();
  }

  #tellSome(): void {
    this.#turn = undefined;
    let left = atOnce;
    for (const spectator of this.#owed) {
      if (left-- === 0) {
        this.#turn = setImmediate(() => this.#tellSome());
        return;
      }
      this.#owed.delete(spectator);
      this.#tell(spectator);
    }
  }

  #tell(spectator: Spectator): void {
    if (!this.#latest || !this.#match) return;
    const { frame, text } = this.#latest;
    const isOver = frame.type === 'WATCH_OVER';
    const isNew = !this.#spectators.get(spectator)?.isStarted;
    if (isNew) this.#start(spectator, this.#match);
    // The beginning says how it stands, too, but not that it is over.
    if (!isNew || isOver) this.#send(spectator, frame, text);
    if (isOver) spectator.ended();
  }

  #start(spectator: Spectator, match: MatchState): void {
    const seat = this.#spectators.get(spectator);
    if (seat) seat.isStarted = true;
    const frame = watchStart(match, this.#parts.clock.now());
    this.#send(spectator, frame, JSON.stringify(frame));
  }

  #send(spectator: Spectator, frame: WatchFrame, text: string): void {
    this.#parts.watchFrames.inc();
    spectator.tell(frame, text);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#isDue = false;
  }
}
