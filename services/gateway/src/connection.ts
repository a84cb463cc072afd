import type { Counter } from '@overcookied/shared/metrics.ts';
import { type ClientFrame, closeCode } from '@overcookied/shared/protocol.ts';
import type { RawSocket, SocketHandler } from '@overcookied/shared/runtime/socket.ts';
import { BadFrames } from './bad-frames.ts';
import { type BadFrame, parseFrame } from './frame-parser.ts';
import type { CountedConnection } from './limits/counted-connection.ts';
import { FrameBudget } from './limits/frame-budget.ts';
import type { Gate } from './limits/gate.ts';
import type { LimitName } from './limits/refusals.ts';
import { Socket, type SocketCare } from './socket.ts';

/** A client may choose any of thousands of codes, which must not become as many time series. */
const knownCodes = new Set<number>([...Object.values(closeCode), 1001, 1005, 1006]);

export interface ConnectionParts {
  gate: Gate;
  care: SocketCare;
  frames: Counter<'type'>;
  closes: Counter<'code'>;
}

/** What its handshake told of a client. */
export interface Newcomer {
  /** Where it came from. */
  address: string;
  /** Absent where connections are not counted by address. */
  counted: CountedConnection | undefined;
}

/** One client's connection: reads its frames, and refuses what makes no sense and what is too much. */
export abstract class Connection implements SocketHandler {
  readonly #parts: ConnectionParts;
  readonly #newcomer: Newcomer;
  #socket: Socket | undefined;
  #budget: FrameBudget | undefined;
  #badFrames: BadFrames | undefined;

  constructor(parts: ConnectionParts, newcomer: Newcomer) {
    this.#parts = parts;
    this.#newcomer = newcomer;
  }

  /** The client is here, or is to be told by a close code why it may not be. */
  protected abstract arrived(socket: Socket): void;

  /** The client, which has not been shut out, asks for this. @returns what is wrong with it, if it is not to be asked for */
  protected abstract receive(frame: ClientFrame): BadFrame | undefined;

  /** The client is gone; it need not have arrived. */
  protected abstract left(): void;

  opened(raw: RawSocket): void {
    this.#socket = new Socket(raw, this.#parts.care);
    this.#newcomer.counted?.opened();
    this.arrived(this.#socket);
  }

  message(data: string | Uint8Array): void {
    this.#socket?.heard();
    // A socket that is being closed still delivers what its client goes on sending.
    if (!this.#socket?.isHeard || this.#isTooMuch(this.#socket)) return;
    const parsed = parseFrame(data);
    const bad = 'bad' in parsed ? parsed.bad : this.receive(parsed.frame);
    if ('frame' in parsed && !bad) this.#parts.frames.inc({ type: parsed.frame.type });
    if (bad) this.#refuse(this.#socket, bad);
  }

  ponged(): void {
    this.#socket?.heard();
  }

  closed(told: number): void {
    // A client that does not answer has not said why, but this side has.
    const code = this.#socket?.closedWith ?? told;
    this.#newcomer.counted?.closed();
    if (code === closeCode.tooBig) this.refused('frameBytes');
    this.#parts.closes.inc({ code: knownCodes.has(code) ? code : 'other' });
    this.#socket?.closed();
    this.left();
  }

  protected refused(limit: LimitName): void {
    this.#parts.gate.refusals.add(limit, this.#newcomer.address);
  }

  #refuse(socket: Socket, bad: BadFrame): void {
    this.#parts.frames.inc({ type: bad.code });
    socket.send({ type: 'ERROR', payload: bad });
    this.#badFrames ??= new BadFrames();
    if (!this.#badFrames.add(performance.now())) return;
    this.refused('badFrames');
    socket.close(closeCode.policyViolation, 'too many frames that make no sense');
  }

  /** Whether a frame is not to be looked at, because of all those before it. */
  #isTooMuch(socket: Socket): boolean {
    const { framesPerSecond, frameBurst } = this.#parts.gate.limits;
    const now = performance.now();
    this.#budget ??= new FrameBudget(framesPerSecond, frameBurst, now);
    const verdict = this.#budget.take(now);
    if (verdict === 'ok') return false;
    this.refused('framesPerSecond');
    if (verdict === 'enough') socket.close(closeCode.policyViolation, 'too many frames');
    else socket.refuse('too_many_frames', `at most ${framesPerSecond} frames a second are dealt with`);
    return true;
  }
}
