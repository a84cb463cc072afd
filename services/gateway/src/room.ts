import type { MatchEvent } from '@overcookied/shared/match/events.ts';
import { type MatchState, roleOf } from '@overcookied/shared/match/state.ts';
import type { Role, ServerFrame } from '@overcookied/shared/protocol.ts';
import type { EventLag } from './event-lag.ts';
import { eventFrames, lostFrames, repairFrames, scoreFrame, startFrames } from './frames.ts';
import { type FollowingParts, MatchFollower, type MatchListener } from './match-follower.ts';
import { tellAway, tellOver } from './match-lines.ts';
import { countedPhase, type Phase } from './match-phase.ts';
import { OwedAcks } from './owed-acks.ts';
import { SecondClock } from './second-clock.ts';
import { Audience, type AudienceParts, type Spectator } from './watching/audience.ts';

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

export interface RoomParts extends FollowingParts, AudienceParts {
  lag: EventLag;
}

/**
 * One match as this gateway's players see it, and whoever watches them. It is gone when the match is over, or when nobody
 * is here any more.
 */
export class Room implements MatchListener {
  readonly roomId: string;
  readonly #parts: RoomParts;
  readonly #closed: () => void;
  /** Each member's role, once the match is known, and whether this is a return to it. */
  readonly #members = new Map<Member, { resumed: boolean; role?: Role }>();
  /** There only if somebody watches: nobody does in most matches. */
  #audience: Audience | undefined;
  readonly #match: MatchFollower;
  readonly #seconds: SecondClock;
  readonly #owedAcks = new OwedAcks((role) => this.#tellScore(role));
  #isClosed = false;

  /** @param closed is called once, when the room is of no more use */
  constructor(roomId: string, parts: RoomParts, closed: () => void) {
    this.roomId = roomId;
    this.#parts = parts;
    this.#closed = closed;
    this.#match = new MatchFollower(roomId, parts, this);
    this.#seconds = new SecondClock(
      parts.clock,
      (left) => this.#tellSecond(left),
      // An event of the end was lost, or the ticker is late.
      () => this.#match.read(),
    );
  }

  /** For counting: undefined when another gateway counts this match, or nothing is known of it yet. */
  get phase(): Phase | undefined {
    const { state } = this.#match;
    if (!state) return undefined;
    const here = [...this.#members.values()].flatMap(({ role }) => role ?? []);
    return countedPhase(state, here, this.#parts.clock.now());
  }

  get hasPlayers(): boolean {
    return this.#members.size > 0;
  }

  /** How many watch the match by this gateway. */
  get watchers(): number {
    return this.#audience?.size ?? 0;
  }

  /** @param resumed whether the player had been told of the match before */
  add(member: Member, resumed: boolean): void {
    this.#members.set(member, { resumed });
    if (this.#match.state && !this.#match.isReading) this.#start(member, this.#match.state);
  }

  remove(member: Member): void {
    this.#members.delete(member);
    this.#closeIfEmpty();
  }

  watch(spectator: Spectator): void {
    this.#audience ??= new Audience(this.#parts, this.#match.state);
    this.#audience.add(spectator);
  }

  unwatch(spectator: Spectator): void {
    this.#audience?.remove(spectator);
    this.#closeIfEmpty();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#seconds.stop();
    this.#owedAcks.stop();
    this.#match.close();
    this.#closed();
  }

  known(state: MatchState, before: MatchState | undefined): void {
    // All that follows says what has been counted.
    this.#owedAcks.stop();
    for (const [member, { role }] of this.#members) {
      if (before && role) member.send(...repairFrames(before, state, role, this.#parts.clock.now()));
      else this.#start(member, state);
    }
    // The last member was a player of another match: nobody is here any more.
    if (this.#isClosed) return;
    if (state.over) {
      this.#audience?.end(state);
      this.#end(state);
      return;
    }
    this.#audience?.show(state, true);
    if (before) this.#findMissing(state);
    this.#seconds.run(state);
  }

  happened(event: MatchEvent, state: MatchState): void {
    for (const [member, { role }] of this.#members) {
      if (role) this.#tell(member, role, event, state);
      if (event.type === 'away' && event.role === role) member.missing();
    }
    this.#audience?.show(state, event.type !== 'click');
    if (!this.hasPlayers) return;
    this.#parts.lag.delivered(event);
    if (event.type === 'away') tellAway(this.#parts.log, state, event.role);
  }

  unreadable(): void {
    this.#seconds.stop();
    this.#audience?.pause();
  }

  gone(before: MatchState | undefined): void {
    if (before) this.#lose(before);
    else this.#notFound();
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

  #tell(member: Member, role: Role, event: MatchEvent, state: MatchState): void {
    if (event.type === 'click' && event.role === role) {
      this.#owedAcks.owe(role);
      return;
    }
    if ('p1Score' in event) this.#owedAcks.told(role);
    member.send(...eventFrames(event, role, state));
  }

  #tellScore(told: Role): void {
    const { state } = this.#match;
    if (!state) return;
    for (const [member, { role }] of this.#members) if (role === told) member.send(scoreFrame(state, role));
  }

  #tellSecond(left: number): void {
    for (const [member, { role }] of this.#members) {
      if (role) member.send({ type: 'UPDATE', payload: { timeRemaining: left } });
    }
  }

  #end(match: MatchState): void {
    if (match.over && this.hasPlayers) tellOver(this.#parts.log, match);
    for (const member of this.#members.keys()) member.ended();
    this.#members.clear();
    this.close();
  }

  #lose(match: MatchState): void {
    const { p1, p2 } = match;
    if (this.hasPlayers) {
      this.#parts.log.error({ room: this.roomId, players: [p1.id, p2.id] }, 'match is lost');
    }
    for (const member of this.#members.keys()) member.send(...lostFrames(p1.score, p2.score));
    this.#audience?.dismiss('match_lost', 'the match was lost by the server; it does not count');
    this.#end(match);
  }

  #notFound(): void {
    for (const [member, { resumed }] of this.#members) member.notFound(resumed);
    this.#members.clear();
    this.#audience?.dismiss('no_such_match', 'there is no such match, or it ended more than ten minutes ago');
    this.close();
  }

  #closeIfEmpty(): void {
    if (this.#members.size === 0 && this.watchers === 0) this.close();
  }
}
