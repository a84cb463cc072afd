import { closeCode } from '@overcookied/shared/protocol.ts';
import type { RawSocket, SocketHandler } from '@overcookied/shared/runtime/socket.ts';
import type { Identity } from '@overcookied/shared/tokens.ts';
import { BadFrames } from './bad-frames.ts';
import { parseFrame } from './frame-parser.ts';
import type { Session } from './session.ts';
import { Socket } from './socket.ts';
import type { SocketParts } from './socket-route.ts';

/** A client may choose any of thousands of codes, which must not become as many time series. */
const knownCodes = new Set<number>([...Object.values(closeCode), 1001, 1005, 1006]);

/** One client's connection: reads its frames, and hands them to the session of the player that it is. */
export class Connection implements SocketHandler {
  readonly #parts: SocketParts;
  readonly #identity: Identity | undefined;
  readonly #openRoom: string | undefined;
  #socket: Socket | undefined;
  #session: Session | undefined;
  #badFrames: BadFrames | undefined;

  /**
   * @param identity undefined for a client that has not said who it is
   * @param openRoom a match that the client knows no end of, as it says
   */
  constructor(parts: SocketParts, identity: Identity | undefined, openRoom: string | undefined) {
    this.#parts = parts;
    this.#identity = identity;
    this.#openRoom = openRoom;
  }

  opened(raw: RawSocket): void {
    const socket = new Socket(raw, this.#parts.care);
    this.#socket = socket;
    if (this.#identity) this.#session = this.#parts.sessions.open(this.#identity, socket, this.#openRoom);
    // A browser shows a close code to the page, but not an answer to the handshake.
    else socket.close(closeCode.unauthorized, 'the token is missing, wrong or expired');
  }

  message(data: string | Uint8Array): void {
    this.#socket?.heard();
    // A socket that is being closed still delivers what its client goes on sending.
    if (!this.#session || !this.#socket?.isHeard) return;
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
      this.#socket.close(closeCode.policyViolation, 'too many frames that make no sense');
    }
  }

  ponged(): void {
    this.#socket?.heard();
  }

  closed(code: number): void {
    this.#parts.closes.inc({ code: knownCodes.has(code) ? code : 'other' });
    this.#socket?.closed();
    if (this.#session) this.#parts.sessions.close(this.#session);
  }
}
