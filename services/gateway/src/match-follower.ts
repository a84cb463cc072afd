import type { ValkeyClock } from '@overcookied/shared/clock.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import { type MatchEvent, parseEvent } from '@overcookied/shared/match/events.ts';
import { readMatch, readSeq } from '@overcookied/shared/match/match.ts';
import type { MatchState } from '@overcookied/shared/match/state.ts';
import type { Counter } from '@overcookied/shared/metrics.ts';
import type { Listener, Subscriptions } from '@overcookied/shared/subscriptions.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { ClockWatch } from './clock-watch.ts';
import { applyEvent } from './frames.ts';

const retryMs = 500;
const mostEarlyEvents = 1_000;
/** Where no event has come for so long, in ms, the latest may have been missed: nothing that follows shows the gap. */
const quietMs = 500;
const checkEveryMs = 1_000;

/** Who is told how a match goes. */
export interface MatchListener {
  /**
   * The match as Valkey has it: read for the first time, or once more, since something may have been missed from `before`
   * on. An end is told in this way too.
   */
  known(state: MatchState, before: MatchState | undefined): void;
  /** Something has happened, after which the match is as `state` says. */
  happened(event: MatchEvent, state: MatchState): void;
  /** The match cannot be read just now; it is tried again. */
  unreadable(): void;
  /** There is no such match: not yet, if its matchmaker died on the way, or not any more. `before`: what it last was. */
  gone(before: MatchState | undefined): void;
}

export interface FollowingParts {
  valkey: Valkey;
  subscriptions: Subscriptions;
  clock: ValkeyClock;
  log: Logger;
  gaps: Counter;
}

/**
 * Knows one match as it is. It follows the match's events; where one is missing it reads the match, because events are
 * hints and the hash is the truth.
 */
export class MatchFollower implements Listener {
  readonly #roomId: string;
  readonly #parts: FollowingParts;
  readonly #listener: MatchListener;
  #state: MatchState | undefined;
  /** Events that came while the match was being read: some are part of what is read, some are not. */
  #early: MatchEvent[] | undefined;
  #readAgain = false;
  #retry: NodeJS.Timeout | undefined;
  readonly #clockWatch: ClockWatch;
  readonly #quiet: NodeJS.Timeout;
  /** Number of the latest event that was taken as it came, since the match was read. */
  #heardSeq: number | undefined;
  /** When the latest event came, or the match was read, in ms by `performance.now()`. */
  #heardAt = 0;
  #isClosed = false;

  constructor(roomId: string, parts: FollowingParts, listener: MatchListener) {
    this.#roomId = roomId;
    this.#parts = parts;
    this.#listener = listener;
    this.#quiet = setInterval(() => this.#check(), checkEveryMs);
    this.#clockWatch = new ClockWatch(roomId, parts);
    // In this order: what happens after the reading arrives as an event.
    void parts.subscriptions.add(keys.gameEvents(roomId), this).then(() => this.read());
  }

  /** The match as it was last known. */
  get state(): MatchState | undefined {
    return this.#state;
  }

  /** Whether it is being read, so that `known` is about to be told. */
  get isReading(): boolean {
    return this.#early !== undefined;
  }

  message(text: string): void {
    const event = readEvent(text);
    if (!event) {
      this.#parts.log.error({ room: this.#roomId, text: text.slice(0, 200) }, 'event that makes no sense');
      return;
    }
    if (this.#early) {
      if (this.#early.length < mostEarlyEvents) this.#early.push(event);
      else this.#readAgain = true;
    } else {
      this.#apply(event);
    }
  }

  resubscribed(): void {
    this.read();
  }

  /** Something is to be looked up: `known` or `gone` is told. */
  read(): void {
    if (this.#isClosed) return;
    if (this.#early) {
      this.#readAgain = true;
      return;
    }
    this.#early = [];
    this.#readAgain = false;
    readMatch(this.#parts.valkey, this.#roomId).then(
      (state) => this.#know(state),
      (error: Error) => {
        // Not a warning: the connection has given one, and each of thousands of rooms gets here every time.
        this.#parts.log.debug(
          { room: this.#roomId, reason: error.message },
          'could not read a match, trying again',
        );
        this.#early = undefined;
        if (this.#isClosed) return;
        this.#listener.unreadable();
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.read(), retryMs);
      },
    );
  }

  /** Nothing is told any more. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#retry);
    clearInterval(this.#quiet);
    this.#parts.subscriptions.remove(keys.gameEvents(this.#roomId));
  }

  #apply(event: MatchEvent): void {
    if (!this.#state) return;
    const ahead = event.seq - this.#state.seq;
    // A number that was heard before is a doubt: one of the two events is not of this match as it is.
    const isDoubt = ahead === 0 && event.seq === this.#heardSeq;
    if (ahead > 1 || isDoubt) this.#parts.gaps.inc();
    // An end is looked up as well: a player who is out of a match by mistake has lost it.
    if (ahead > 1 || isDoubt || (ahead === 1 && event.type === 'over')) this.read();
    if (ahead !== 1 || event.type === 'over') return;
    this.#state = applyEvent(this.#state, event);
    this.#heardSeq = event.seq;
    this.#heardAt = performance.now();
    this.#listener.happened(event, this.#state);
  }

  #know(state: MatchState | undefined): void {
    if (this.#isClosed) return;
    const early = this.#early ?? [];
    const before = this.#state;
    this.#early = undefined;
    if (!state) {
      this.#listener.gone(before);
      return;
    }
    this.#state = state;
    this.#heardSeq = undefined;
    this.#heardAt = performance.now();
    this.#listener.known(state, before);
    for (const event of early) {
      // One of them may have ended the match, or shown a gap: then the rest is of no use.
      if (this.#isClosed || this.#early) return;
      this.#apply(event);
    }
    if (this.#readAgain) this.read();
  }

  /** An event that got lost before a quiet moment is noticed in it, and not when the next one comes. */
  #check(): void {
    if (this.#state) this.#clockWatch.look(this.#state);
    const known = this.#state?.seq;
    if (known === undefined || this.#early || performance.now() - this.#heardAt < quietMs) return;
    readSeq(this.#parts.valkey, this.#roomId).then(
      (seq) => {
        // Events may have come meanwhile: then there is nothing to worry about.
        if (seq === known || this.#state?.seq !== known) return;
        this.#parts.gaps.inc();
        this.read();
      },
      (error: Error) => {
        this.#parts.log.debug({ room: this.#roomId, reason: error.message }, 'could not check a match');
      },
    );
  }
}

function readEvent(text: string): MatchEvent | undefined {
  try {
    return parseEvent(text);
  } catch {
    return undefined;
  }
}
