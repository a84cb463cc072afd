import type { ValkeyClock } from '@overcookied/shared/clock.ts';
import { keys } from '@overcookied/shared/keys.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import { type MatchEvent, parseEvent } from '@overcookied/shared/match/events.ts';
import { readMatch, readSeq } from '@overcookied/shared/match/match.ts';
import { type MatchState, roleOf } from '@overcookied/shared/match/state.ts';
import type { Counter } from '@overcookied/shared/metrics.ts';
import type { Role, ServerFrame } from '@overcookied/shared/protocol.ts';
import type { Listener, Subscriptions } from '@overcookied/shared/subscriptions.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { ClockWatch } from './clock-watch.ts';
import type { EventLag } from './event-lag.ts';
import { applyEvent, eventFrames, lostFrames, repairFrames, startFrames } from './frames.ts';
import { tellAway, tellOver } from './match-lines.ts';
import { countedPhase, type Phase } from './match-phase.ts';
import { SecondClock } from './second-clock.ts';

const retryMs = 500;
const mostEarlyEvents = 1_000;
/** Where no event has come for so long, in ms, the latest may have been missed: nothing that follows shows the gap. */
const quietMs = 500;
const checkEveryMs = 1_000;

/** A player of a match who is connected here. */
export interface Member {
  readonly playerId: string;
  send(...frames: ServerFrame[]): void;
  /** The match is known and the player has been told: play. */
  started(role: Role, state: MatchState): void;
  /** The match has the player down as away. */
  missing(): void;
  /** The match is over or lost, and the player has been told. */
  ended(): void;
  /** There is no such match: not yet, if its matchmaker died on the way, or not any more. */
  notFound(resumed: boolean): void;
}

export interface RoomParts {
  valkey: Valkey;
  subscriptions: Subscriptions;
  clock: ValkeyClock;
  log: Logger;
  gaps: Counter;
  lag: EventLag;
}

/**
 * One match as this gateway's players see it. It follows the match's events; where one is missing it reads
 * the match, because events are hints and the hash is the truth. It is gone when the match is over, or when
 * no player of it is here any more.
 */
export class Room implements Listener {
  readonly roomId: string;
  readonly #parts: RoomParts;
  readonly #closed: () => void;
  /** Each member's role, once the match is known, and whether this is a return to it. */
  readonly #members = new Map<Member, { resumed: boolean; role?: Role }>();
  #state: MatchState | undefined;
  /** Events that came while the match was being read: some are part of what is read, some are not. */
  #early: MatchEvent[] | undefined;
  #readAgain = false;
  #retry: NodeJS.Timeout | undefined;
  readonly #seconds: SecondClock;
  readonly #clockWatch: ClockWatch;
  readonly #quiet: NodeJS.Timeout;
  /** Number of the latest event that was taken as it came, since the match was read. */
  #heardSeq: number | undefined;
  /** When the latest event came, or the match was read, in ms by `performance.now()`. */
  #heardAt = 0;
  #isClosed = false;

  /** @param closed is called once, when the room is of no more use */
  constructor(roomId: string, parts: RoomParts, closed: () => void) {
    this.roomId = roomId;
    this.#parts = parts;
    this.#closed = closed;
    this.#quiet = setInterval(() => this.#check(), checkEveryMs);
    this.#clockWatch = new ClockWatch(roomId, parts);
    this.#seconds = new SecondClock(
      parts.clock,
      (left) => this.#tellSecond(left),
      // An event of the end was lost, or the ticker is late.
      () => this.#read(),
    );
    // In this order: what happens after the reading arrives as an event.
    void parts.subscriptions.add(keys.gameEvents(roomId), this).then(() => this.#read());
  }

  /** For counting: undefined when another gateway counts this match, or nothing is known of it yet. */
  get phase(): Phase | undefined {
    if (!this.#state) return undefined;
    const here = [...this.#members.values()].flatMap(({ role }) => role ?? []);
    return countedPhase(this.#state, here, this.#parts.clock.now());
  }

  /** @param resumed whether the player had been told of the match before */
  add(member: Member, resumed: boolean): void {
    this.#members.set(member, { resumed });
    if (this.#state && !this.#early) this.#start(member, this.#state);
  }

  remove(member: Member): void {
    this.#members.delete(member);
    if (this.#members.size === 0) this.close();
  }

  message(text: string): void {
    const event = readEvent(text);
    if (!event) {
      this.#parts.log.error({ room: this.roomId, text: text.slice(0, 200) }, 'event that makes no sense');
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
    this.#read();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#seconds.stop();
    clearInterval(this.#quiet);
    this.#parts.subscriptions.remove(keys.gameEvents(this.roomId));
    this.#closed();
  }

  #apply(event: MatchEvent): void {
    if (!this.#state) return;
    const ahead = event.seq - this.#state.seq;
    // A number that was heard before is a doubt: one of the two events is not of this match as it is.
    const isDoubt = ahead === 0 && event.seq === this.#heardSeq;
    if (ahead > 1 || isDoubt) this.#parts.gaps.inc();
    // An end is looked up as well: a player who is out of a match by mistake has lost it.
    if (ahead > 1 || isDoubt || (ahead === 1 && event.type === 'over')) this.#read();
    if (ahead !== 1 || event.type === 'over') return;
    this.#state = applyEvent(this.#state, event);
    this.#heardSeq = event.seq;
    this.#heardAt = performance.now();
    for (const [member, { role }] of this.#members) {
      if (role) member.send(...eventFrames(event, role, this.#state));
      if (event.type === 'away' && event.role === role) member.missing();
    }
    this.#parts.lag.delivered(event);
    if (event.type === 'away') tellAway(this.#parts.log, this.#state, event.role);
  }

  #read(): void {
    if (this.#isClosed) return;
    if (this.#early) {
      this.#readAgain = true;
      return;
    }
    this.#early = [];
    this.#readAgain = false;
    readMatch(this.#parts.valkey, this.roomId).then(
      (state) => this.#know(state),
      (error: Error) => {
        // Not a warning: the connection has given one, and each of thousands of rooms gets here every time.
        this.#parts.log.debug(
          { room: this.roomId, reason: error.message },
          'could not read a match, trying again',
        );
        this.#early = undefined;
        if (this.#isClosed) return;
        this.#seconds.stop();
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.#read(), retryMs);
      },
    );
  }

  #know(state: MatchState | undefined): void {
    if (this.#isClosed) return;
    const early = this.#early ?? [];
    const before = this.#state;
    this.#early = undefined;
    if (!state) {
      if (before) this.#lose(before);
      else this.#notFound();
      return;
    }
    this.#state = state;
    this.#heardSeq = undefined;
    this.#heardAt = performance.now();
    for (const [member, { role }] of this.#members) {
      if (before && role) member.send(...repairFrames(before, state, role, this.#parts.clock.now()));
      else this.#start(member, state);
    }
    if (state.over) {
      this.#end(state);
      return;
    }
    if (before) this.#findMissing(state);
    for (const event of early) {
      // One of them may have ended the match, or shown a gap: then the rest is of no use.
      if (this.#isClosed || this.#early) return;
      this.#apply(event);
    }
    if (this.#isClosed) return;
    if (this.#readAgain) this.#read();
    this.#seconds.run(state);
  }

  #start(member: Member, state: MatchState): void {
    const seat = this.#members.get(member);
    const role = roleOf(state, member.playerId);
    if (!seat || !role) {
      this.#parts.log.error({ room: this.roomId, player: member.playerId }, 'player of another match');
      this.#members.delete(member);
      member.ended();
      return;
    }
    seat.role = role;
    member.send(...startFrames(state, role, this.#parts.clock.now(), seat.resumed));
    if (!state.over) member.started(role, state);
  }

  /** A connection that is there is told that it is not: whoever said so was mistaken, or spoke of an older one. */
  #findMissing(state: MatchState): void {
    for (const [member, { role }] of this.#members) {
      if (role && state[role].awayUntil > 0) member.missing();
    }
  }

  #tellSecond(left: number): void {
    for (const [member, { role }] of this.#members) {
      if (role) member.send({ type: 'UPDATE', payload: { timeRemaining: left } });
    }
  }

  /** An event that got lost before a quiet moment is noticed in it, and not when the next one comes. */
  #check(): void {
    if (this.#state) this.#clockWatch.look(this.#state);
    const known = this.#state?.seq;
    if (known === undefined || this.#early || performance.now() - this.#heardAt < quietMs) return;
    readSeq(this.#parts.valkey, this.roomId).then(
      (seq) => {
        // Events may have come meanwhile: then there is nothing to worry about.
        if (seq === known || this.#state?.seq !== known) return;
        this.#parts.gaps.inc();
        this.#read();
      },
      (error: Error) => {
        this.#parts.log.debug({ room: this.roomId, reason: error.message }, 'could not check a match');
      },
    );
  }

  #end(match: MatchState): void {
    if (match.over) tellOver(this.#parts.log, match);
    for (const member of this.#members.keys()) member.ended();
    this.#members.clear();
    this.close();
  }

  #lose(match: MatchState): void {
    const { p1, p2 } = match;
    this.#parts.log.error({ room: this.roomId, players: [p1.id, p2.id] }, 'match is lost');
    for (const member of this.#members.keys()) member.send(...lostFrames(p1.score, p2.score));
    this.#end(match);
  }

  #notFound(): void {
    for (const [member, { resumed }] of this.#members) member.notFound(resumed);
    this.#members.clear();
    this.close();
  }
}

function readEvent(text: string): MatchEvent | undefined {
  try {
    return parseEvent(text);
  } catch {
    return undefined;
  }
}
