import { once } from 'node:events';
import { loginAsGuest } from '@overcookied/client/api.ts';
import { WebSocket } from 'ws';

const atOnce = 50;
const gameStart = '{"type":"GAME_START"';
const joinQueue = '{"type":"JOIN_QUEUE","payload":{}}';

/** When a player asked for an opponent and was told of a match, by `performance.now()`. */
export interface Guest {
  joinedAt: number;
  startedAt: number | undefined;
  /** Of the match. */
  roomId: string | undefined;
}

/** A new player who is connected, and does nothing until told to join. */
export class ConnectedGuest implements Guest {
  joinedAt = 0;
  startedAt: number | undefined;
  roomId: string | undefined;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(data));
  }

  join(): void {
    this.joinedAt = performance.now();
    this.#socket.send(joinQueue);
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  #receive(data: WebSocket.RawData): void {
    if (this.startedAt !== undefined) return;
    const now = performance.now();
    // All else is not worth its parsing here: it would slow down the clock of the others.
    const text = data.toString();
    if (!text.startsWith(gameStart)) return;
    this.startedAt = now;
    this.roomId = JSON.parse(text).payload.roomId;
  }
}

/** Logs new players in over HTTP and connects them. */
export async function connectGuests(gateway: string, count: number): Promise<ConnectedGuest[]> {
  const guests: ConnectedGuest[] = [];
  let next = 0;
  const connectSome = async () => {
    while (next < count) {
      const session = await loginAsGuest(gateway, `Guest ${next++}`);
      const address = gateway.replace(/^http/, 'ws');
      const socket = new WebSocket(`${address}/ws?token=${encodeURIComponent(session.token)}`, {
        perMessageDeflate: false,
      });
      const guest = new ConnectedGuest(socket);
      await once(socket, 'open');
      guests.push(guest);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, connectSome));
  return guests;
}
