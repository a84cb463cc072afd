import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * A WebSocket client of which the test has every byte in its hand: it answers nothing by itself, no ping and no close,
 * and reads only when it is told to.
 */
export class RawClient {
  readonly socket: Socket;
  /** Whether the connection is gone. */
  isClosed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    // A connection that is ended without a goodbye is what these tests are about.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.isClosed = true;
    });
  }

  /** Resolves when the handshake is done; from then on nothing is read. @throws Error when it is refused */
  static async open(gateway: string, token: string): Promise<RawClient> {
    const { hostname, port, host } = new URL(gateway);
    const socket = connect(Number(port), hostname);
    const client = new RawClient(socket);
    await once(socket, 'connect');
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET /ws?token=${token} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.pause();
    if (!answer.toString().startsWith('HTTP/1.1 101 ')) throw new Error(answer.toString());
    return client;
  }

  send(type: string, payload: unknown = {}): void {
    this.socket.write(textFrame({ type, payload }));
  }

  /** From now on it reads. Resolves when the connection has ended. @returns all bytes that were there to read */
  async readToEnd(): Promise<Buffer> {
    const bytes: Buffer[] = [];
    this.socket.on('data', (data) => bytes.push(data)).resume();
    if (!this.isClosed) await once(this.socket, 'close');
    return Buffer.concat(bytes);
  }

  close(): void {
    this.socket.destroy();
  }
}

/** A client's frame as RFC 6455 has it, masked with zeros. */
export function textFrame(frame: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(frame));
  const length =
    text.length < 126 ? [0x80 | text.length] : [0x80 | 126, text.length >> 8, text.length & 0xff];
  return Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), text]);
}
