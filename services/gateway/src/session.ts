import { readMatch } from '@overcookied/shared/match/match.ts';
import { type MatchState, otherRole, roleOf } from '@overcookied/shared/match/state.ts';
import * as presence from '@overcookied/shared/presence/presence.ts';
import {
  type ClientFrame,
  closeCode,
  type ErrorCode,
  type Role,
  type ServerFrame,
} from '@overcookied/shared/protocol.ts';
import { type Outlook, readTicket } from '@overcookied/shared/queue/queue.ts';
import type { Identity } from '@overcookied/shared/tokens.ts';
import type { Traceparent } from '@overcookied/shared/tracing/tracing.ts';
import { Arrival } from './arrival.ts';
import { Asking } from './asking.ts';
import { Attendance } from './attendance.ts';
import { lostFrames, startFrames } from './frames.ts';
import { Play } from './play.ts';
import type { Pulsing } from './pulse.ts';
import { Requests } from './requests.ts';
import type { Member, Room } from './room.ts';
import type { SessionParts } from './session-parts.ts';
import type { Socket } from './socket.ts';
import { Turns } from './turns.ts';
import { Waiting } from './waiting.ts';

/** One connected player: what they send goes to Valkey, what happens to them comes back. */
export class Session implements Member, Pulsing {
  readonly playerId: string;
  readonly #socket: Socket;
  readonly #parts: SessionParts;
  readonly #attendance: Attendance;
  readonly #waiting: Waiting;
  readonly #asking: Asking;
  readonly #requests: Requests;
  #room: Room | undefined;
  #play: Play | undefined;
  #arrival: Arrival | undefined;
  /** The match that ended last here: a late notice of it must not begin it again. */
  #endedRoom = '';
  /** Player id of the opponent, who has asked for another match before the end of this one was heard of. */
  #rematchAskedBy = '';
  #closed = false;
  /** Whether the player waits on if the match that came is none: whoever had not asked for one does not. */
  #waitsOn = false;
  /** Frames are dealt with in the order in which they came, clicks excepted once a match is on. */
  readonly #turns = new Turns();

  /** @param openRoom a match that the client knows no end of, as it says */
  constructor(identity: Identity, socket: Socket, parts: SessionParts, openRoom?: string) {
    this.playerId = identity.id;
    this.#socket = socket;
    this.#parts = parts;
    this.#attendance = new Attendance(parts, identity.id);
    this.#waiting = new Waiting(parts, identity, this.#attendance, (frame) => socket.send(frame));
    const refuse = (code: ErrorCode, message: string) => socket.refuse(code, message);
    this.#asking = new Asking({
      ...{ parts, playerId: identity.id, waiting: this.#waiting, refuse },
      isFree: () => !this.#room,
    });
    this.#requests = new Requests({
      ...{ parts, playerId: identity.id, turns: this.#turns, refuse, asking: this.#asking },
      isIn: () => this.#isIn,
      play: () => this.#play,
      leaveQueue: () => this.#leaveQueue(),
    });
    this.#turns.next(() => this.#enter(openRoom));
  }

  /** Whether somebody depends on this connection, so that it must not be dead for long. */
  get isBusy(): boolean {
    return this.waiting || this.#room !== undefined;
  }

  get waiting(): boolean {
    return this.#waiting.wish !== undefined && !this.#closed && !this.#room;
  }

  send(...frames: ServerFrame[]): void {
    this.#socket.send(...frames);
  }

  receive(frame: ClientFrame): void {
    if (frame.type === 'CLICK' && this.#play) {
      this.#play.click(frame.payload);
    } else if (frame.type === 'PING') {
      this.send({ type: 'PONG', payload: { ...frame.payload, now: this.#parts.clock.now() } });
    } else {
      this.#requests.ask(frame);
    }
  }

  /** A matchmaker says that the player is in a match. */
  matched(roomId: string, trace?: Traceparent): void {
    // Not before the connection has its number, by which it takes its seat.
    this.#turns.next(() => {
      this.#waitsOn = this.#waiting.wish !== undefined;
      this.#enterRoom(roomId, false, trace);
    });
  }

  started(role: Role, match: MatchState): void {
    const seat = { roomId: match.roomId, role, playerId: this.playerId };
    this.#waiting.drop();
    this.#arrival?.started(role, match);
    this.#waiting.lastOpponent = match[otherRole(role)].id;
    this.#asking.met(match[otherRole(role)].id);
    this.#play = new Play(this.#parts, seat, this.#attendance.connection, this.#socket);
  }

  missing(): void {
    // A newer connection may be the one that is away: then this one is to go.
    this.reclaim().catch((error: Error) => {
      this.#parts.log.debug({ player: this.playerId, reason: error.message }, 'could not say who is there');
    });
  }

  ended(): void {
    const roomId = this.#room?.roomId;
    this.#arrival?.over();
    this.#leaveRoom();
    if (!roomId) return;
    this.#endedRoom = roomId;
    this.#release(roomId);
    if (this.#rematchAskedBy) this.rematchAsked(roomId, this.#rematchAskedBy);
    this.#rematchAskedBy = '';
  }

  notFound(resumed: boolean): void {
    const roomId = this.#room?.roomId;
    this.#arrival?.notFound();
    this.#leaveRoom();
    // The player was put into it while waiting: whoever finishes the matchmaker's work announces it, and until
    // then the next check of the queue looks again.
    if (!resumed && this.#waitsOn) this.#waiting.wantStill();
    else if (resumed && roomId) this.#turns.next(() => this.#comeBackTo(roomId));
  }

  /** The player comes back to a match that does not exist: not yet, or not any more. */
  async #comeBackTo(roomId: string): Promise<void> {
    const { valkey, log } = this.#parts;
    const ticket = await readTicket(valkey, this.playerId).catch((error: Error) => {
      log.debug({ player: this.playerId, reason: error.message }, 'could not read a ticket');
    });
    if (ticket && 'roomId' in ticket && ticket.roomId === roomId) {
      this.#waiting.wantStill();
      return;
    }
    // Valkey has forgotten it, but the player's screen may still show it.
    this.send(...lostFrames(0, 0));
    this.#release(roomId);
  }

  #release(roomId: string): void {
    presence.release(this.#parts.valkey, this.playerId, roomId).catch((error: Error) => {
      // Whoever meets it later sees that the match is over, and clears it.
      this.#parts.log.debug({ player: this.playerId, reason: error.message }, 'could not release a player');
    });
  }

  /** The opponent of a match that has ended asks for another one. */
  rematchAsked(roomId: string, by: string): void {
    // The opponent's gateway may have heard of the end a little sooner than this one.
    if (this.#room?.roomId === roomId) this.#rematchAskedBy = by;
    else if (!this.#room) this.send({ type: 'UPDATE', payload: { rematch: by } });
  }

  /** The player has a connection of this number, by another gateway. */
  heardOf(connection: number): void {
    // Not judged before this one has its own number: it may be the newer of the two.
    this.#turns.next(async () => {
      if (this.#attendance.connection >= connection) return;
      // Valkey knows. Where it does not say, the notice is believed: two connections would number the same clicks.
      await this.touch().catch(() => this.takenOver());
    });
  }

  /** A newer connection of the same player has taken over. */
  takenOver(): void {
    // A dead socket takes a while to close, in which this connection must not wait for anybody any more.
    this.#waiting.drop();
    this.#socket.close(closeCode.takenOver, 'a newer connection of the same player took over');
  }

  /** This gateway is of no use to the player any more; another one may be. */
  sendAway(code: number, reason: string): void {
    this.#socket.sendAway(code, reason);
  }

  /** It is time for the client to give a sign of life. */
  beat(): void {
    this.#socket.beat();
  }

  /**
   * The socket is closed. Resolves when the player has left everything that they were in, or the signal says that
   * the gateway cannot wait any longer.
   */
  async closed(giveUp: AbortSignal): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting.drop();
    // What came before the end of the connection counts, although nobody is there to be told.
    await this.#play?.settled();
    this.#leaveRoom();
    await this.#turns.done();
    await this.#attendance.leave(giveUp);
  }

  /** This gateway had been taken for dead, and the player for gone: neither is so. */
  async reclaim(): Promise<void> {
    if (!this.#isIn) return;
    // It goes on until Valkey has heard it, whatever becomes of the rest.
    this.#play?.takeSeat();
    await this.#attendance.hold();
    await this.touch();
  }

  /** Still connected: Valkey is to remember where. */
  async touch(): Promise<void> {
    if (this.#isIn && !(await this.#attendance.touch())) this.takenOver();
  }

  /**
   * Tells a waiting player how the queue stands, and finds out if they should not wait any more: the notice of a
   * match is a hint that may be lost.
   */
  async checkQueue(outlook: Outlook): Promise<void> {
    if ((await this.#waiting.check(outlook)) || !this.waiting) return;
    if (!(await this.#enterLatestRoom()) && this.waiting) await this.#waiting.join();
  }

  /** @returns whether the player is in a match that this session has not seen the end of */
  async #enterLatestRoom(): Promise<boolean> {
    const roomId = await presence.roomOf(this.#parts.valkey, this.playerId);
    if (!roomId || roomId === this.#endedRoom) return false;
    this.#waitsOn = true;
    this.#enterRoom(roomId, false);
    return true;
  }

  /** @param resumed whether the client had been told of the match before */
  #enterRoom(roomId: string, resumed: boolean, trace = this.#waiting.trace): void {
    if (!this.#isIn || this.#room || this.#endedRoom === roomId) return;
    this.#waiting.drop();
    this.#room = this.#parts.rooms.open(roomId);
    this.#arrival = new Arrival(this.#parts, { room: roomId, player: this.playerId, resumed, from: trace });
    this.#room.add(this, resumed);
    // A second JOIN_QUEUE may have come after the pair was taken out of the queue: its ticket would be a ghost.
    this.#waiting.giveUpTicket().catch((error: Error) => {
      this.#parts.log.debug({ player: this.playerId, reason: error.message }, 'could not leave the queue');
    });
  }

  /** Without a number, which Valkey did not give, nobody could tell later that this connection is gone. */
  get #isIn(): boolean {
    return !this.#closed && this.#attendance.connection > 0;
  }

  async #enter(openRoom: string | undefined): Promise<void> {
    try {
      const room = await this.#attendance.enter();
      if (room) this.#enterRoom(room, true);
      else if (openRoom) await this.#tellOfEnd(openRoom);
    } catch (error) {
      this.#parts.log.debug(
        { player: this.playerId, reason: (error as Error).message },
        'could not let a player in',
      );
      this.#socket.close(closeCode.tryAgainLater, 'the server cannot be reached by this gateway: try again');
    }
  }

  /**
   * The player is in no match, but the client still shows one: its end was told to a connection that was dead already.
   */
  async #tellOfEnd(roomId: string): Promise<void> {
    const { valkey, clock } = this.#parts;
    const match = await readMatch(valkey, roomId);
    const role = match && roleOf(match, this.playerId);
    if (!match) {
      const message = 'that match ended long ago: your history tells how';
      this.#parts.resumes.inc({ outcome: 'forgotten' });
      this.send({ type: 'ERROR', payload: { code: 'match_forgotten', message } });
    } else if (role && match.over) {
      this.#endedRoom = roomId;
      this.#parts.resumes.inc({ outcome: 'over' });
      this.#waiting.lastOpponent = match[otherRole(role)].id;
      this.send(...startFrames(match, role, clock.now(), true));
    } else if (role) {
      // Where the player is was forgotten, while the match goes on. If the connection ends, it must be known again.
      const known = await presence.assign(valkey, this.playerId, roomId, presence.presenceTtlMs);
      this.#enterRoom(known.outcome === 'ok' ? roomId : known.room, true);
    }
  }

  async #leaveQueue(): Promise<void> {
    // A pair that has been announced has no ticket either, and the notice of it may be lost.
    if ((await this.#waiting.leave()) === 'absent') await this.#enterLatestRoom();
  }

  #leaveRoom(): void {
    this.#play?.close();
    this.#play = undefined;
    const room = this.#room;
    this.#room = undefined;
    room?.remove(this);
  }
}
