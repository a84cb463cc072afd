import { closeCode, type ErrorCode, type ServerFrame } from '@overcookied/shared/protocol.ts';
import type { RawSocket } from '@overcookied/shared/runtime/socket.ts';

/** A client that has so many bytes unread is closed: it reads too slowly, and memory has an end. */
const mostUnreadBytes = 256 * 1024;
/** The same refusal is told once in so many ms: twenty early clicks a second need no twenty answers. */
const refusalEveryMs = 1_000;

/** One client's WebSocket, for writing. */
export class Socket {
  readonly #raw: RawSocket;
  readonly #toldAt = new Map<ErrorCode, number>();

  constructor(raw: RawSocket) {
    this.#raw = raw;
  }

  get isOpen(): boolean {
    return this.#raw.isOpen;
  }

  /** Does nothing on a socket that is closing: whatever is missed is made good by reconnecting. */
  send(...frames: ServerFrame[]): void {
    for (const frame of frames) {
      if (!this.#raw.isOpen) return;
      this.#raw.send(JSON.stringify(frame));
    }
    if (this.#raw.bufferedAmount > mostUnreadBytes) {
      this.close(closeCode.slowConsumer, 'this client reads too slowly');
    }
  }

  /** Tells the client that something was not done, and why. */
  refuse(code: ErrorCode, message: string): void {
    const now = performance.now();
    if (now - (this.#toldAt.get(code) ?? Number.NEGATIVE_INFINITY) < refusalEveryMs) return;
    this.#toldAt.set(code, now);
    this.send({ type: 'ERROR', payload: { code, message } });
  }

  close(code: number, reason: string): void {
    if (this.#raw.isOpen) this.#raw.close(code, reason);
  }
}
