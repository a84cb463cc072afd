import { setTimeout as sleep } from 'node:timers/promises';
import { hold, letGo } from '@overcookied/shared/connections/gateways.ts';
import { sayGone } from '@overcookied/shared/connections/goodbye.ts';
import { readMatch } from '@overcookied/shared/match/match.ts';
import { type MatchState, otherRole } from '@overcookied/shared/match/state.ts';
import { notify } from '@overcookied/shared/notify.ts';
import * as presence from '@overcookied/shared/presence/presence.ts';
import {
  type ClientFrame,
  closeCode,
  type FrameOf,
  type Role,
  rematchMs,
  type ServerFrame,
} from '@overcookied/shared/protocol.ts';
import type { Outlook } from '@overcookied/shared/queue/queue.ts';
import { newcomer } from '@overcookied/shared/rating.ts';
import { botIdPrefix, type Identity } from '@overcookied/shared/tokens.ts';
import { lostFrames } from './frames.ts';
import { Play } from './play.ts';
import { readRecord } from './records.ts';
import type { Member, Room } from './room.ts';
import type { SessionParts } from './session-parts.ts';
import type { Socket } from './socket.ts';
import { Waiting } from './waiting.ts';
import { botCode, rematchWish, type Wish, wishOf } from './wish.ts';

/** What one client may have under way beside clicks; whoever sends faster than Valkey answers is told so. */
const mostUnderWay = 32;
/** How often a gateway tries to say that a player is gone, in ms. */
const goneRetryMs = 500;

/** One connected player: what they send goes to Valkey, what happens to them comes back. */
export class Session implements Member {
  readonly playerId: string;
  readonly #socket: Socket;
  readonly #parts: SessionParts;
  /** Number of this connection, once Valkey has given it one; every later one of the player has a higher. */
  #connection = 0;
  readonly #waiting: Waiting;
  #room: Room | undefined;
  #play: Play | undefined;
  /** The match that ended last here: a late notice of it must not begin it again. */
  #endedRoom = '';
  #closed = false;
  /** Frames are dealt with in the order in which they came, clicks excepted once a match is on. */
  #tail: Promise<void>;
  #underWay = 0;

  constructor(identity: Identity, socket: Socket, parts: SessionParts) {
    this.playerId = identity.id;
    this.#socket = socket;
    this.#parts = parts;
    this.#waiting = new Waiting(parts, identity, (frame) => socket.send(frame));
    this.#tail = this.#enter();
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
      this.#enqueue(() => this.#handle(frame));
    }
  }

  /** A matchmaker says that the player is in a match. */
  matched(roomId: string): void {
    // Not before the connection has its number, by which it takes its seat.
    this.#tail = this.#tail.then(() => this.#enterRoom(roomId, false));
  }

  started(role: Role, match: MatchState): void {
    const seat = { roomId: match.roomId, role, playerId: this.playerId };
    this.#waiting.wanted = false;
    this.#waiting.lastOpponent = match[otherRole(role)].id;
    this.#play = new Play(this.#parts, seat, this.#connection, this.#socket);
  }

  ended(): void {
    const roomId = this.#room?.roomId;
    this.#leaveRoom();
    if (!roomId) return;
    this.#endedRoom = roomId;
    this.#release(roomId);
  }

  notFound(resumed: boolean): void {
    const roomId = this.#room?.roomId;
    this.#leaveRoom();
    // The player was put into it while waiting: whoever finishes the matchmaker's work announces it, and until
    // then the next check of the queue looks again.
    if (!resumed) this.#waiting.wanted = true;
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

  /** The opponent of the match that has just ended asks for another one. */
  rematchAsked(by: string): void {
    if (!this.#room) this.send({ type: 'UPDATE', payload: { rematch: by } });
  }

  /** The player has a connection of this number, by another gateway. */
  heardOf(connection: number): void {
    // Not judged before this one has its own number: it may be the newer of the two.
    this.#tail = this.#tail.then(() => {
      if (this.#connection < connection) this.takenOver();
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
    this.#waiting.wanted = false;
    this.#leaveRoom();
    await this.#tail;
    if (this.#connection === 0) return;
    // It is said until Valkey has heard it: the queue would keep a ghost, or an opponent play against nobody.
    while (!(await this.#sayGone()) && !giveUp.aborted) {
      await sleep(goneRetryMs, undefined, { signal: giveUp }).catch(() => {});
    }
  }

  async #sayGone(): Promise<boolean> {
    const { valkey, gatewayId, log } = this.#parts;
    try {
      await sayGone(valkey, this.playerId, this.#connection);
      await letGo(valkey, gatewayId, this.playerId, this.#connection);
      return true;
    } catch (error) {
      log.debug(
        { player: this.playerId, reason: (error as Error).message },
        'could not say that a player is gone',
      );
      return false;
    }
  }

  /** This gateway had been taken for dead, and the player for gone: neither is so. */
  async reclaim(): Promise<void> {
    if (this.#closed || this.#connection === 0) return;
    await hold(this.#parts.valkey, this.#parts.gatewayId, this.playerId, this.#connection);
    await this.touch();
    this.#play?.takeSeat();
  }

  /** Still connected: Valkey is to remember where. */
  async touch(): Promise<void> {
    if (this.#closed || this.#connection === 0) return;
    const { valkey, gatewayId } = this.#parts;
    if (!(await presence.touch(valkey, this.playerId, gatewayId, this.#connection))) this.takenOver();
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
    if (this.#closed || this.#room || this.#endedRoom === roomId || this.#connection === 0) return;
    this.#waiting.wanted = false;
    this.#room = this.#parts.rooms.open(roomId);
    this.#room.add(this, resumed);
    // A second JOIN_QUEUE may have come after the pair was taken out of the queue: its ticket would be a ghost.
    this.#waiting.giveUpTicket().catch((error: Error) => {
      this.#parts.log.debug({ player: this.playerId, reason: error.message }, 'could not leave the queue');
    });
  }

  async #enter(): Promise<void> {
    const { valkey, gatewayId } = this.#parts;
    try {
      const { connection, previousGateway, room } = await presence.enter(valkey, this.playerId, gatewayId);
      this.#connection = connection;
      this.#waiting.connection = connection;
      await hold(valkey, gatewayId, this.playerId, connection);
      this.#parts.takeOver(this.playerId, connection, previousGateway);
      if (room) this.#enterRoom(room, true);
    } catch (error) {
      this.#parts.log.debug(
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
        // Without a number, which Valkey did not give, nobody could tell later that this connection is gone.
        if (!this.#closed && this.#connection > 0) await work();
      } catch (error) {
        this.#unavailable(error as Error);
      }
      this.#underWay--;
    });
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
    const { valkey, clock } = this.#parts;
    const roomId = await presence.latestRoomOf(valkey, this.playerId);
    const match = roomId === null ? undefined : await readMatch(valkey, roomId);
    const holdsMs = match?.over ? match.endedAt + rematchMs - clock.now() : 0;
    if (!match || holdsMs <= 0) {
      this.#socket.refuse(
        'no_rematch',
        `there is no match to repeat: it must have ended less than ${rematchMs / 1000} s ago`,
      );
      return;
    }
    const opponent = match.p1.id === this.playerId ? match.p2.id : match.p1.id;
    const gateway = await presence.gatewayOf(valkey, opponent);
    if (!gateway) {
      this.#socket.refuse('no_rematch', 'your opponent has left');
      return;
    }
    await this.#want(rematchWish(match.roomId, match.mode, holdsMs));
    // If the opponent has asked as well the match is on its way; then this is too late to matter.
    await notify(valkey, gateway, {
      type: 'rematch',
      playerId: opponent,
      roomId: match.roomId,
      by: this.playerId,
    });
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
