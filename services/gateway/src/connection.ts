import { closeCode } from '@overcookied/shared/protocol.ts';
import type { RawSocket, SocketHandler } from '@overcookied/shared/runtime/socket.ts';
import type { Identity } from '@overcookied/shared/tokens.ts';
import { BadFrames } from './bad-frames.ts';
import { parseFrame } from './frame-parser.ts';
import type { CountedConnection } from './limits/counted-connection.ts';
import { FrameBudget } from './limits/frame-budget.ts';
import type { LimitName } from './limits/refusals.ts';
import type { Session } from './session.ts';
import { Socket } from './socket.ts';
import type { SocketParts } from './socket-route.ts';

/** A client may choose any of thousands of codes, which must not become as many time series. */
const knownCodes = new Set<number>([...Object.values(closeCode), 1001, 1005, 1006]);

/** What its handshake told of a client. */
export interface Newcomer {
  /** Where it came from. */
  address: string;
  /** Absent where connections are not counted by address. */
  counted: CountedConnection | undefined;
  /** Undefined for a client that has not said who it is. */
  identity: Identity | undefined;
  /** Whether this player connects over and over again. */
  isLooping: boolean;
  /** A match that the client knows no end of, as it says. */
  openRoom: string | undefined;
}

/** One client's connection: reads its frames, and hands them to the session of the player that it is. */
export class Connection implements SocketHandler {
  readonly #parts: SocketParts;
  readonly #newcomer: Newcomer;
  #socket: Socket | undefined;
  #session: Session | undefined;
  #budget: FrameBudget | undefined;
  #badFrames: BadFrames | undefined;

  constructor(parts: SocketParts, newcomer: Newcomer) {
    this.#parts = parts;
    this.#newcomer = newcomer;
  }

  opened(raw: RawSocket): void {
    const socket = new Socket(raw, this.#parts.care);
    this.#socket = socket;
    const { counted, identity, isLooping, openRoom } = this.#newcomer;
    counted?.opened();
    // A browser shows a close code to the page, but not an answer to the handshake.
    if (!identity) socket.close(closeCode.unauthorized, 'the token is missing, wrong or expired');
    else if (isLooping)
      socket.close(closeCode.tooManyConnections, 'you connect too often: wait for a minute');
    else this.#session = this.#parts.sessions.open(identity, socket, openRoom);
  }

  message(data: string | Uint8Array): void {
    this.#socket?.heard();
    // A socket that is being closed still delivers what its client goes on sending.
    if (!this.#session || !this.#socket?.isHeard || this.#isTooMuch(this.#socket)) return;
    const parsed = parseFrame(data);
    if ('frame' in parsed) {
      this.#parts.frames.inc({ type: parsed.frame.type });
      this.#session.receive(parsed.frame);
      return;
    }
    this.#parts.frames.inc({ type: parsed.bad.code });
    this.#session.send({ type: 'ERROR', payload: parsed.bad });
    this.#badFrames ??= new BadFrames();
    if (this.#badFrames.add(performance.now())) {
      this.#refused('badFrames');
      this.#socket.close(closeCode.policyViolation, 'too many frames that make no sense');
    }
  }

  ponged(): void {
    this.#socket?.heard();
  }

  closed(told: number): void {
    // A client that does not answer has not said why, but this side has.
    const code = this.#socket?.closedWith ?? told;
    this.#newcomer.counted?.closed();
    if (code === closeCode.tooBig) this.#refused('frameBytes');
    this.#parts.closes.inc({ code: knownCodes.has(code) ? code : 'other' });
    this.#socket?.closed();
    if (this.#session) this.#parts.sessions.close(this.#session);
  }

  /** Whether a frame is not to be looked at, because of all those before it. */
  #isTooMuch(socket: Socket): boolean {
    const { framesPerSecond, frameBurst } = this.#parts.gate.limits;
    const now = performance.now();
    this.#budget ??= new FrameBudget(framesPerSecond, frameBurst, now);
    const verdict = this.#budget.take(now);
    if (verdict === 'ok') return false;
    this.#refused('framesPerSecond');
    if (verdict === 'enough') socket.close(closeCode.policyViolation, 'too many frames');
    else socket.refuse('too_many_frames', `at most ${framesPerSecond} frames a second are dealt with`);
    return true;
  }

  #refused(limit: LimitName): void {
    this.#parts.gate.refusals.add(limit, this.#newcomer.address);
  }
}
