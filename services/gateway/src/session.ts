import { scheduleNoLaterThan } from '@overcookied/shared/match/due.ts';
import {
  type ClickRange,
  claim,
  click,
  leaveSeat,
  quit,
  type Seat,
  takeSeat,
} from '@overcookied/shared/match/match.ts';
import type { MatchState } from '@overcookied/shared/match/state.ts';
import * as presence from '@overcookied/shared/presence/presence.ts';
import { type ClientFrame, closeCode, type Role, type ServerFrame } from '@overcookied/shared/protocol.ts';
import { joinQueue, leaveQueue, queueStatus } from '@overcookied/shared/queue/queue.ts';
import { ClickBatch } from './click-batch.ts';
import { refusalText } from './refusals.ts';
import type { Member, Room } from './room.ts';
import type { SessionParts } from './sessions.ts';
import type { Socket } from './socket.ts';
import type { Identity } from './tokens.ts';

/** What one client may have under way beside clicks; whoever sends faster than Valkey answers is told so. */
const mostUnderWay = 32;
const seatRetryMs = 250;

/** One connected player: what they send goes to Valkey, what happens to them comes back. */
export class Session implements Member {
  readonly identity: Identity;
  readonly #socket: Socket;
  readonly #parts: SessionParts;
  /** Number of this connection, once Valkey has given it one; every later one of the player has a higher. */
  #connection = 0;
  #waiting = false;
  #room: Room | undefined;
  #seat: Seat | undefined;
  #clicks: ClickBatch | undefined;
  /** The match that ended last here: a late notice of it must not begin it again. */
  #endedRoom = '';
  #closed = false;
  /** Frames are dealt with in the order in which they came, clicks excepted once a match is on. */
  #tail: Promise<void>;
  #underWay = 0;

  constructor(identity: Identity, socket: Socket, parts: SessionParts) {
    this.identity = identity;
    this.#socket = socket;
    this.#parts = parts;
    this.#tail = this.#enter();
  }

  get playerId(): string {
    return this.identity.id;
  }

  get connection(): number {
    return this.#connection;
  }

  get waiting(): boolean {
    return this.#waiting && !this.#closed;
  }

  send(...frames: ServerFrame[]): void {
    this.#socket.send(...frames);
  }

  receive(frame: ClientFrame): void {
    if (frame.type === 'CLICK' && this.#clicks) {
      if (!this.#clicks.add(frame.payload)) this.#socket.refuse('busy', 'too many clicks are under way');
    } else if (frame.type === 'PING') {
      this.send({ type: 'PONG', payload: { ...frame.payload, now: this.#parts.clock.now() } });
    } else {
      this.#enqueue(() => this.#handle(frame));
    }
  }

  /** The player is in a match. @param resumed whether the client had been told of it before */
  enterRoom(roomId: string, resumed: boolean): void {
    if (this.#closed || this.#room || this.#endedRoom === roomId) return;
    this.#waiting = false;
    this.#room = this.#parts.rooms.open(roomId);
    this.#room.add(this, resumed);
  }

  started(role: Role, state: MatchState): void {
    const seat = { roomId: state.roomId, role, playerId: this.playerId };
    this.#seat = seat;
    this.#clicks = new ClickBatch(
      (range) => this.#click(seat, range),
      (error) => this.#unavailable(error),
    );
    void this.#takeSeat(seat);
  }

  ended(): void {
    const roomId = this.#room?.roomId;
    this.#leaveRoom();
    if (!roomId) return;
    this.#endedRoom = roomId;
    presence.release(this.#parts.valkey, this.playerId, roomId).catch((error: Error) => {
      // Whoever meets it later sees that the match is over, and clears it.
      this.#parts.log.debug({ player: this.playerId, reason: error.message }, 'could not release a player');
    });
  }

  /** A newer connection of the same player has taken over. */
  takenOver(): void {
    this.#socket.close(closeCode.takenOver, 'a newer connection of the same player took over');
  }

  /** The gateway is going away. */
  sendAway(): void {
    this.#socket.close(closeCode.serviceRestart, 'this gateway is going away: come back at once');
  }

  /** The socket is closed. Resolves when the player has left everything that they were in. */
  async closed(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const seat = this.#seat;
    this.#leaveRoom();
    await this.#tail;
    if (this.#connection === 0) return;
    const { valkey, log } = this.#parts;
    try {
      const gone = await presence.exit(valkey, this.playerId, this.#connection);
      if (this.#waiting) await leaveQueue(valkey, this.playerId, this.#connection);
      if (gone && seat) await markAway(this.#parts, seat, this.#connection);
    } catch (error) {
      log.warn(
        { player: this.playerId, reason: (error as Error).message },
        'could not say that a player is gone',
      );
    }
  }

  /** Still connected: Valkey is to remember where. */
  async touch(): Promise<void> {
    if (this.#closed || this.#connection === 0) return;
    const { valkey, gatewayId } = this.#parts;
    if (!(await presence.touch(valkey, this.playerId, gatewayId, this.#connection))) this.takenOver();
  }

  /**
   * Tells a waiting player how many wait, and finds out if they should not wait any more: the notice of a match
   * is a hint that may be lost.
   */
  async checkQueue(): Promise<void> {
    const { valkey } = this.#parts;
    const { since, waiting } = await queueStatus(valkey, this.playerId);
    if (!this.waiting) return;
    if (since !== undefined) {
      this.send({ type: 'QUEUED', payload: { since, waiting } });
      return;
    }
    const roomId = await presence.roomOf(valkey, this.playerId);
    if (!this.waiting) return;
    if (roomId && roomId !== this.#endedRoom) this.enterRoom(roomId, false);
    else await this.#join();
  }

  async #enter(): Promise<void> {
    const { valkey, gatewayId } = this.#parts;
    try {
      const { connection, previousGateway, room } = await presence.enter(valkey, this.playerId, gatewayId);
      this.#connection = connection;
      this.#parts.takeOver(this, previousGateway);
      if (room) this.enterRoom(room, true);
    } catch (error) {
      this.#parts.log.warn(
        { player: this.playerId, reason: (error as Error).message },
        'could not let a player in',
      );
      this.#socket.close(closeCode.tryAgainLater, 'the server cannot be reached by this gateway: try again');
    }
  }

  #enqueue(work: () => Promise<void>): void {
    if (this.#underWay >= mostUnderWay) {
      this.#socket.refuse('busy', 'too many requests are under way');
      return;
    }
    this.#underWay++;
    this.#tail = this.#tail.then(async () => {
      try {
        if (!this.#closed) await work();
      } catch (error) {
        this.#unavailable(error as Error);
      }
      this.#underWay--;
    });
  }

  async #handle(frame: Exclude<ClientFrame, { type: 'PING' }>): Promise<void> {
    const { valkey } = this.#parts;
    switch (frame.type) {
      case 'JOIN_QUEUE':
        if (this.#room) return this.#refuse('already_in_match');
        this.#waiting = true;
        return this.#join();
      case 'LEAVE_QUEUE':
        // Too late when a match is on its way: it is announced in a moment.
        if (this.#waiting)
          this.#waiting = (await leaveQueue(valkey, this.playerId, this.#connection)) === 'paired';
        return;
      case 'CLICK':
        // It came while the match was not known yet.
        if (!this.#clicks) return this.#refuse('not_in_match');
        this.#clicks.add(frame.payload);
        return;
      case 'COOKIE_CLICK': {
        if (!this.#seat) return this.#refuse('not_in_match');
        const outcome = await claim(valkey, this.#seat, frame.payload.id);
        this.#parts.outcomes.inc({ action: 'claim', outcome });
        if (outcome !== 'ok') this.#refuse(outcome);
        return;
      }
      case 'QUIT_GAME': {
        const seat = this.#seat;
        if (!seat) return this.#refuse('not_in_match');
        const outcome = await quit(valkey, seat);
        if (outcome !== 'ok') return this.#refuse(outcome);
        // The result is recorded by a ticker, which should not wait for the next golden cookie to look.
        return scheduleNoLaterThan(valkey, seat.roomId, this.#parts.clock.now());
      }
    }
  }

  async #join(): Promise<void> {
    const { valkey, gatewayId, wake } = this.#parts;
    const { id, name, picture } = this.identity;
    const ticket = { id, name, picture, gateway: gatewayId, connection: this.#connection };
    const joined = await joinQueue(valkey, ticket);
    if (joined.outcome === 'paired' || !this.#waiting) return;
    if (this.#closed) {
      await leaveQueue(valkey, id, this.#connection);
      return;
    }
    this.send({ type: 'QUEUED', payload: { since: joined.since, waiting: joined.waiting } });
    if (joined.waiting > 1) await wake();
  }

  async #click(seat: Seat, range: ClickRange): Promise<void> {
    const { outcome, ack, counted, dropped } = await click(this.#parts.valkey, seat, range);
    const { outcomes } = this.#parts;
    if (counted) outcomes.inc({ action: 'click', outcome: 'ok' }, counted);
    if (dropped) {
      outcomes.inc({ action: 'click', outcome: 'too_fast' }, dropped);
      this.#refuse('too_fast');
    }
    if (outcome !== 'ok') {
      outcomes.inc({ action: 'click', outcome });
      this.#refuse(outcome);
    } else if (counted === 0) {
      // Nothing changed, so no event tells: the client sent again what had been counted.
      this.send({ type: 'UPDATE', payload: { ack } });
    }
  }

  /** Until Valkey knows that the player is here, they would lose by being away. */
  async #takeSeat(seat: Seat): Promise<void> {
    const { valkey, log } = this.#parts;
    try {
      const otherAwayUntil = await takeSeat(valkey, seat, this.#connection);
      if (otherAwayUntil) await scheduleNoLaterThan(valkey, seat.roomId, otherAwayUntil);
    } catch (error) {
      log.warn(
        { player: this.playerId, room: seat.roomId, reason: (error as Error).message },
        'could not take a seat',
      );
      setTimeout(() => {
        if (this.#seat === seat) void this.#takeSeat(seat);
      }, seatRetryMs);
    }
  }

  #leaveRoom(): void {
    this.#clicks?.close();
    this.#clicks = undefined;
    this.#seat = undefined;
    const room = this.#room;
    this.#room = undefined;
    room?.remove(this);
  }

  #refuse(code: keyof typeof refusalText): void {
    this.#socket.refuse(code, refusalText[code]);
  }

  #unavailable(error: Error): void {
    this.#parts.log.warn(
      { player: this.playerId, reason: error.message },
      'valkey did not do what a player asked',
    );
    this.#socket.refuse('unavailable', 'the server cannot do that just now: try again');
  }
}

/** A player of a match is not connected: the grace begins, and the clock must look when it ends. */
export async function markAway(parts: SessionParts, seat: Seat, connection: number): Promise<void> {
  const awayUntil = await leaveSeat(parts.valkey, seat, connection);
  if (awayUntil) await scheduleNoLaterThan(parts.valkey, seat.roomId, awayUntil);
}
