import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { Violation } from '../violation.ts';
import { encodeFrame, FrameReader, opcode } from './frame.ts';

/** What came from the gateway. */
export type Received =
  // biome-ignore lint/suspicious/noExplicitAny: a stranger knows no types
  { kind: 'frame'; type: string; payload: any } | { kind: 'pong'; text: string };

/** How the gateway ended a connection: 1006 where it said no close code. */
export interface End {
  code: number;
  reason: string;
}

export interface Target {
  port: number;
  token: string;
}

/** The bytes of a right handshake. */
export function handshake({ port, token }: Target): string {
  return [
    `GET /ws?token=${token} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    '\r\n',
  ].join('\r\n');
}

/** A WebSocket client over a bare TCP socket, which can send anything; the products' libraries send only what is right. */
export class WireClient {
  readonly received: Received[] = [];
  /** Is told of everything that comes, and of the end. */
  judge: { receive(received: Received): void; ended(end: End): void } | undefined;
  /** How the gateway ended the connection, once it has. */
  end: End | undefined;
  /** What the gateway sent that no server may send. */
  broken: Error | undefined;
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  #head = Buffer.alloc(0);
  #isOpen = false;
  #wake = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#endWith({ code: 1006, reason: '' });
    });
  }

  /** @param withinMs how long the gateway may take. @throws Violation when it does not let the player in */
  static async open(target: Target, withinMs: number): Promise<WireClient> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const client = new WireClient(connect(target.port, '127.0.0.1'));
      client.write(handshake(target));
      await client.until(() => client.#isOpen || client.end, deadline - performance.now());
      if (client.#isOpen) return client;
      client.drop();
      const answer = client.#head.toString('latin1').split('\r\n')[0];
      // A gateway may say that it is too busy just now.
      if (!answer?.startsWith('HTTP/1.1 503 ') || performance.now() > deadline) {
        throw new Violation(`a right handshake is answered with ${answer || 'nothing'}`);
      }
    }
  }

  write(bytes: Uint8Array | string): void {
    if (!this.#socket.destroyed) this.#socket.write(bytes);
  }

  send(type: string, payload: unknown = {}): void {
    this.write(encodeFrame({ opcode: opcode.text, payload: Buffer.from(JSON.stringify({ type, payload })) }));
  }

  /** The frames of this type that came, in order. */
  // biome-ignore lint/suspicious/noExplicitAny: a stranger knows no types
  all(type: string): any[] {
    return this.received.flatMap((each) =>
      each.kind === 'frame' && each.type === type ? [each.payload] : [],
    );
  }

  // biome-ignore lint/suspicious/noExplicitAny: a stranger knows no types
  latest(type: string): any {
    return this.all(type).at(-1);
  }

  /** Resolves when something is so, or to false when it has not become so in time. */
  async until(isSo: () => unknown, withinMs: number): Promise<boolean> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      if (isSo()) return true;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Leaves as a client should, without waiting for anything. */
  close(): void {
    this.write(encodeFrame({ opcode: opcode.close, payload: Buffer.from([0x03, 0xe8]) }));
    this.#socket.end();
  }

  /** The connection is gone without a word. */
  drop(): void {
    this.#socket.destroy();
  }

  /** The same, by a reset. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  #take(bytes: Buffer): void {
    let rest = bytes;
    if (!this.#isOpen) {
      this.#head = Buffer.concat([this.#head, bytes]);
      const end = this.#head.indexOf('\r\n\r\n');
      if (end < 0 || !this.#head.subarray(0, 13).equals(Buffer.from('HTTP/1.1 101 '))) return;
      this.#isOpen = true;
      rest = this.#head.subarray(end + 4);
    }
    try {
      for (const { opcode: code, payload } of this.#reader.push(rest)) this.#receive(code, payload);
    } catch (error) {
      this.broken = error as Error;
      this.#socket.destroy();
    }
    this.#wake();
  }

  #add(received: Received): void {
    this.received.push(received);
    this.judge?.receive(received);
  }

  #endWith(end: End): void {
    if (this.end) return;
    this.end = end;
    this.judge?.ended(end);
    this.#wake();
  }

  #receive(code: number, payload: Buffer): void {
    switch (code) {
      case opcode.text: {
        const { type, payload: content } = JSON.parse(payload.toString());
        this.#add({ kind: 'frame', type, payload: content });
        return;
      }
      case opcode.ping:
        this.write(encodeFrame({ opcode: opcode.pong, payload }));
        return;
      case opcode.pong:
        this.#add({ kind: 'pong', text: payload.toString('latin1') });
        return;
      case opcode.close:
        this.#endWith({
          code: payload.length < 2 ? 1005 : payload.readUInt16BE(0),
          reason: payload.toString('utf8', 2),
        });
        this.write(encodeFrame({ opcode: opcode.close, payload: payload.subarray(0, 2) }));
        this.#socket.end();
        return;
      default:
        throw new Error(`a server sent a frame with opcode ${code}`);
    }
  }
}
