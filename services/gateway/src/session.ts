import { type MatchState, otherRole } from '@overcookied/shared/match/state.ts';
import { notify } from '@overcookied/shared/notify.ts';
import * as presence from '@overcookied/shared/presence/presence.ts';
import {
  type ClientFrame,
  closeCode,
  type FrameOf,
  type Role,
  type ServerFrame,
} from '@overcookied/shared/protocol.ts';
import type { Outlook } from '@overcookied/shared/queue/queue.ts';
import { newcomer } from '@overcookied/shared/rating.ts';
import { botIdPrefix, type Identity } from '@overcookied/shared/tokens.ts';
import { Attendance } from './attendance.ts';
import { lostFrames } from './frames.ts';
import { Play } from './play.ts';
import { readRecord } from './records.ts';
import { findRematch } from './rematch.ts';
import type { Member, Room } from './room.ts';
import type { SessionParts } from './session-parts.ts';
import type { Socket } from './socket.ts';
import { Turns } from './turns.ts';
import { Waiting } from './waiting.ts';
import { botCode, type Wish, wishOf } from './wish.ts';

/** One connected player: what they send goes to Valkey, what happens to them comes back. */
export class Session implements Member {
  readonly playerId: string;
  readonly #socket: Socket;
  readonly #parts: SessionParts;
  readonly #attendance: Attendance;
  readonly #waiting: Waiting;
  #room: Room | undefined;
  #play: Play | undefined;
  /** The match that ended last here: a late notice of it must not begin it again. */
  #endedRoom = '';
  /** Player id of the opponent, who has asked for another match before the end of this one was heard of. */
  #rematchAskedBy = '';
  #closed = false;
  /** Frames are dealt with in the order in which they came, clicks excepted once a match is on. */
  readonly #turns = new Turns();

  constructor(identity: Identity, socket: Socket, parts: SessionParts) {
    this.playerId = identity.id;
    this.#socket = socket;
    this.#parts = parts;
    this.#attendance = new Attendance(parts, identity.id);
    this.#waiting = new Waiting(parts, identity, this.#attendance, (frame) => socket.send(frame));
    this.#turns.next(() => this.#enter());
  }

  get waiting(): boolean {
    return this.#waiting.wanted && !this.#closed && !this.#room;
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
      this.#ask(frame);
    }
  }

  /** A matchmaker says that the player is in a match. */
  matched(roomId: string): void {
    // Not before the connection has its number, by which it takes its seat.
    this.#turns.next(() => this.#enterRoom(roomId, false));
  }

  started(role: Role, match: MatchState): void {
    const seat = { roomId: match.roomId, role, playerId: this.playerId };
    this.#waiting.drop();
    this.#waiting.lastOpponent = match[otherRole(role)].id;
    this.#play = new Play(this.#parts, seat, this.#attendance.connection, this.#socket);
  }

  ended(): void {
    const roomId = this.#room?.roomId;
    this.#leaveRoom();
    if (!roomId) return;
    this.#endedRoom = roomId;
    this.#release(roomId);
    if (this.#rematchAskedBy) this.rematchAsked(roomId, this.#rematchAskedBy);
    this.#rematchAskedBy = '';
  }

  notFound(resumed: boolean): void {
    const roomId = this.#room?.roomId;
    this.#leaveRoom();
    // The player was put into it while waiting: whoever finishes the matchmaker's work announces it, and until
    // then the next check of the queue looks again.
    if (!resumed) this.#waiting.wantStill();
    else if (roomId) this.#tellLost(roomId);
  }

  /** The player comes back to a match that Valkey has forgotten: their screen may still show it. */
  #tellLost(roomId: string): void {
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
    this.#turns.next(() => {
      if (this.#attendance.connection < connection) this.takenOver();
    });
  }

  /** A newer connection of the same player has taken over. */
  takenOver(): void {
    this.#socket.close(closeCode.takenOver, 'a newer connection of the same player took over');
  }

  /** The gateway is going away. */
  sendAway(reason: string): void {
    this.#socket.close(closeCode.serviceRestart, reason);
  }

  /**
   * The socket is closed. Resolves when the player has left everything that they were in, or the signal says that
   * the gateway cannot wait any longer.
   */
  async closed(giveUp: AbortSignal): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting.drop();
    this.#leaveRoom();
    await this.#turns.done();
    await this.#attendance.leave(giveUp);
  }

  /** This gateway had been taken for dead, and the player for gone: neither is so. */
  async reclaim(): Promise<void> {
    if (!this.#isIn) return;
    await this.#attendance.hold();
    await this.touch();
    this.#play?.takeSeat();
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
    const roomId = await presence.roomOf(this.#parts.valkey, this.playerId);
    if (!this.waiting) return;
    if (roomId && roomId !== this.#endedRoom) this.#enterRoom(roomId, false);
    else await this.#waiting.join();
  }

  /** @param resumed whether the client had been told of the match before */
  #enterRoom(roomId: string, resumed: boolean): void {
    if (!this.#isIn || this.#room || this.#endedRoom === roomId) return;
    this.#waiting.drop();
    this.#room = this.#parts.rooms.open(roomId);
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

  async #enter(): Promise<void> {
    try {
      const room = await this.#attendance.enter();
      if (room) this.#enterRoom(room, true);
    } catch (error) {
      this.#parts.log.debug(
        { player: this.playerId, reason: (error as Error).message },
        'could not let a player in',
      );
      this.#socket.close(closeCode.tryAgainLater, 'the server cannot be reached by this gateway: try again');
    }
  }

  #ask(frame: Exclude<ClientFrame, { type: 'PING' }>): void {
    const isAsked = this.#turns.ask(
      async () => {
        if (this.#isIn) await this.#handle(frame);
      },
      (error) => this.#unavailable(error),
    );
    if (!isAsked) this.#socket.refuse('busy', 'too many requests are under way');
  }

  async #handle(frame: Exclude<ClientFrame, { type: 'PING' }>): Promise<void> {
    switch (frame.type) {
      case 'JOIN_QUEUE':
        if (this.#play) return this.#refuseInside();
        return this.#join(frame.payload);
      case 'REMATCH':
        if (this.#play) return this.#refuseInside();
        return this.#rematch();
      case 'LEAVE_QUEUE':
        return this.#waiting.leave();
      case 'CLICK':
        // It came while the match was not known yet.
        if (!this.#play) return this.#refuseOutside();
        return this.#play.click(frame.payload);
      case 'COOKIE_CLICK':
        if (!this.#play) return this.#refuseOutside();
        return this.#play.claim(frame.payload.id);
      case 'QUIT_GAME':
        if (!this.#play) return this.#refuseOutside();
        return this.#play.quit();
    }
  }

  async #join(payload: FrameOf<ClientFrame, 'JOIN_QUEUE'>['payload']): Promise<void> {
    const isBot = this.playerId.startsWith(botIdPrefix);
    const wish = wishOf(payload, isBot);
    if (isBot && wish.mode !== 'practice') {
      this.#socket.refuse(
        'no_practice',
        'a bot only practises: send mode "practice" and the code it was given',
      );
      return;
    }
    await this.#want(wish);
    if (wish.mode === 'practice' && !isBot) {
      const { standing } = await readRecord(this.#parts.records, this.playerId).catch(() => ({
        standing: newcomer,
      }));
      await this.#parts.summonBot({ code: botCode(wish), rating: standing.rating });
    }
  }

  async #rematch(): Promise<void> {
    const { valkey } = this.#parts;
    const rematch = await findRematch(this.#parts, this.playerId);
    if (typeof rematch === 'string') {
      this.#socket.refuse('no_rematch', rematch);
      return;
    }
    const { wish, gateway, opponent, roomId } = rematch;
    await this.#want(wish);
    // If the opponent has asked as well the match is on its way; then this is too late to matter.
    await notify(valkey, gateway, { type: 'rematch', playerId: opponent, roomId, by: this.playerId });
  }

  async #want(wish: Wish): Promise<void> {
    this.#waiting.want(wish);
    // What becomes of the room is not known yet; if it is over or gone, the next check of the queue joins.
    if (!this.#room) await this.#waiting.join();
  }

  #leaveRoom(): void {
    this.#play?.close();
    this.#play = undefined;
    const room = this.#room;
    this.#room = undefined;
    room?.remove(this);
  }

  #refuseInside(): void {
    this.#socket.refuse('already_in_match', 'you are in a match: play it, or quit it first');
  }

  #refuseOutside(): void {
    this.#socket.refuse('not_in_match', 'you are not in a match: send JOIN_QUEUE first');
  }

  #unavailable(error: Error): void {
    // Not a warning: the connection has given one, and players ask on.
    this.#parts.log.debug({ player: this.playerId, reason: error.message }, 'not done what a player asked');
    this.#socket.refuse('unavailable', 'the server cannot do that just now: try again');
  }
}
