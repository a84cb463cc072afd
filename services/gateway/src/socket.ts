import type { Counter } from '@overcookied/shared/metrics.ts';
import { closeCode, type ErrorCode } from '@overcookied/shared/protocol.ts';
import { goodbyeMs, longGoodbyeMs } from '@overcookied/shared/runtime/server.ts';
import type { RawSocket } from '@overcookied/shared/runtime/socket.ts';
import { type AnyFrame, Outbox } from './outbox.ts';
import { mostUnanswered } from './pulse.ts';
import type { SlowClient, SlowClients } from './slow-clients.ts';

/**
 * While a client has more bytes unread, what it is sent waits here, where what a newer frame tells is dropped. The system
 * keeps more than this besides; and in Node's stream a frame takes five times as much memory as it has bytes.
 */
export const mostUnreadBytes = 8 * 1024;
/** A client for which so many bytes wait in all is closed at once: memory has an end. */
export const mostWaitingBytes = 64 * 1024;
/** The same refusal is told once in so many ms: twenty early clicks a second need no twenty answers. */
const refusalEveryMs = 1_000;

/** What sees to clients that are slow or dead. */
export interface SocketCare {
  slow: SlowClients;
  /** Connections that were ended without a goodbye. */
  cuts: Counter<'cause'>;
}

/** One client's WebSocket, for writing. */
export class Socket implements SlowClient {
  readonly #raw: RawSocket;
  readonly #care: SocketCare;
  #toldAt: Map<ErrorCode, number> | undefined;
  /** There only while the client reads too slowly. */
  #outbox: Outbox | undefined;
  /** How many pings in a row have brought no sign of life. */
  #unanswered = 0;
  /** Why this side has closed it, if it has. */
  closedWith: number | undefined;
  #isSentAway = false;
  #goodbye: NodeJS.Timeout | undefined;

  constructor(raw: RawSocket, care: SocketCare) {
    this.#raw = raw;
    this.#care = care;
  }

  get isOpen(): boolean {
    return this.#raw.isOpen;
  }

  /** Whether what the client sends counts: not after it has been shut out, but after it has been sent elsewhere. */
  get isHeard(): boolean {
    return this.#raw.isOpen || this.#isSentAway;
  }

  /** Does nothing on a socket that is closing: whatever is missed is made good by reconnecting. */
  send(...frames: AnyFrame[]): void {
    if (!this.#raw.isOpen) return;
    if (this.#isBehind) {
      for (const frame of frames) if (this.#raw.isOpen) this.#keep(frame);
    } else {
      this.#raw.sendTexts(...frames.map((frame) => JSON.stringify(frame)));
    }
  }

  /** As `send`. @param text the frame as it is sent, written once for all who are sent the same */
  sendWritten(frame: AnyFrame, text: string): void {
    if (!this.#raw.isOpen) return;
    if (this.#isBehind) this.#keep(frame);
    else this.#raw.sendTexts(text);
  }

  /** Tells the client that something was not done, and why. */
  refuse(code: ErrorCode, message: string): void {
    const now = performance.now();
    this.#toldAt ??= new Map();
    if (now - (this.#toldAt.get(code) ?? Number.NEGATIVE_INFINITY) < refusalEveryMs) return;
    this.#toldAt.set(code, now);
    this.send({ type: 'ERROR', payload: { code, message } });
  }

  /** Something has come from the client. */
  heard(): void {
    this.#unanswered = 0;
  }

  /** Asks for a sign of life; ends the connection if the client has given none for too long. */
  beat(): void {
    if (this.#unanswered++ < mostUnanswered) this.#raw.ping();
    else this.#cut('silent');
  }

  /** Shuts the client out: nothing counts any more that it sends. */
  close(code: number, reason: string, withinMs = goodbyeMs): void {
    // A client that is gone, or does not read, never answers; one that has said goodbye by itself may stay all the same.
    // Before `close`, since Bun says within it that the socket is closed.
    this.#goodbye ??= setTimeout(() => this.#cut('no_goodbye'), withinMs);
    if (!this.#raw.isOpen) return;
    this.#outbox = undefined;
    this.#care.slow.remove(this);
    this.closedWith = code;
    this.#raw.close(code, reason);
  }

  /** Says goodbye after all that the client is to be told yet, however slowly it reads that. */
  finish(reason: string): void {
    const withinMs = this.#isBehind ? longGoodbyeMs : goodbyeMs;
    for (let text = this.#outbox?.take(); text !== undefined; text = this.#outbox?.take())
      this.#raw.sendTexts(text);
    this.close(closeCode.normal, reason, withinMs);
  }

  /** Sends the client to another gateway. What it has sent until it hears of it counts. */
  sendAway(code: number, reason: string): void {
    this.#isSentAway ||= this.#raw.isOpen;
    // Whoever is being closed already may have been given longer than the gateway has.
    clearTimeout(this.#goodbye);
    this.#goodbye = undefined;
    this.close(code, reason);
  }

  /** The connection is gone. */
  closed(): void {
    clearTimeout(this.#goodbye);
    this.#care.slow.remove(this);
  }

  catchUp(): 'behind' | 'reads' | 'done' {
    if (!this.#outbox) return 'done';
    if (this.#raw.bufferedAmount > mostUnreadBytes) return 'behind';
    while (this.#raw.bufferedAmount <= mostUnreadBytes) {
      const text = this.#outbox.take();
      if (text === undefined) {
        this.#outbox = undefined;
        return 'done';
      }
      this.#raw.sendTexts(text);
    }
    return 'reads';
  }

  closeAsSlow(): void {
    // What is before the goodbye is to be read first: whoever does not come to it would come back.
    this.close(closeCode.slowConsumer, 'this client reads too slowly', longGoodbyeMs);
  }

  get #isBehind(): boolean {
    return this.#outbox !== undefined || this.#raw.bufferedAmount > mostUnreadBytes;
  }

  #keep(frame: AnyFrame): void {
    const { slow } = this.#care;
    if (!this.#outbox) {
      this.#outbox = new Outbox();
      slow.add(this);
    }
    if (this.#outbox.add(frame)) slow.dropped(frame.type);
    if (this.#raw.bufferedAmount + this.#outbox.bytes > mostWaitingBytes) slow.close(this, 'too_much');
  }

  #cut(cause: 'silent' | 'no_goodbye'): void {
    this.#care.cuts.inc({ cause });
    this.#raw.terminate();
  }
}
