/**
 * A player's connection to any gateway: typed frames both ways, and back again by itself after a break.
 *
 * @example
 * const connection = new Connection({ url: 'ws://localhost:8080', token: session.token });
 * connection.on('GAME_START', (start) => …);
 * connection.on('status', (status) => …);
 * connection.send('JOIN_QUEUE', { mode: 'ranked' });
 */
import { type ClientFrameInput, closeCode, type FrameOf, ServerFrame } from '@overcookied/shared/protocol.ts';
import { Emitter } from './emitter.ts';
import { parseJson, ReconnectingSocket, type Status } from './reconnecting-socket.ts';

export type { Status };

type ServerEvents = { [T in ServerFrame['type']]: FrameOf<ServerFrame, T>['payload'] };
export interface ConnectionEvents extends ServerEvents {
  status: Status;
  /** Something has come through. */
  alive: undefined;
}

export interface ConnectionOptions {
  /** Of a gateway, for instance `wss://play.example.org`; a function is asked again at every reconnect. */
  url: string | (() => string);
  /** The JWT of the player's session. */
  token: string;
  /**
   * Gets a one-time ticket for each connection, in place of the token: addresses end up in logs. Rejects with a
   * `RequestError` of status 401 when the session has ended; whatever else goes wrong counts as a break.
   */
  ticket?: (token: string, signal: AbortSignal) => Promise<string>;
  /** The match that this side knows no end of, if any: it may have ended while nobody could be told. */
  roomId?: () => string | undefined;
}

type Payload<T extends ClientFrameInput['type']> = NonNullable<FrameOf<ClientFrameInput, T>['payload']>;

export class Connection extends Emitter<ConnectionEvents> {
  readonly #options: ConnectionOptions;
  readonly #socket: ReconnectingSocket;

  constructor(options: ConnectionOptions) {
    super();
    this.#options = options;
    const { token, ticket } = options;
    this.#socket = new ReconnectingSocket({
      address: (signal) =>
        ticket
          ? ticket(token, signal).then((given) => this.#address({ ticket: given }))
          : this.#address({ token }),
      // A Valkey that fails over forgets tickets: whether the session has ended is said where they are given out.
      ...(ticket && { alsoAfter: [closeCode.unauthorized] }),
      status: (status) => this.emit('status', status),
      message: (text) => this.#receive(text),
    });
  }

  get status(): Status {
    return this.#socket.status;
  }

  /** @returns false when there is no open connection: the frame is not kept */
  send<T extends ClientFrameInput['type']>(type: T, payload: Payload<T>): boolean {
    return this.#socket.send({ type, payload });
  }

  /** Nothing comes through any more, although nobody has said so: the next connection is made at once. */
  abandon(): void {
    this.#socket.abandon();
  }

  /** Ends the connection for good. */
  close(): void {
    this.#socket.close();
  }

  #address(credentials: { token: string } | { ticket: string }): string {
    const { url, roomId } = this.#options;
    const base = typeof url === 'string' ? url : url();
    const query = new URLSearchParams(credentials);
    const room = roomId?.();
    if (room !== undefined) query.set('room', room);
    return `${base}/ws?${query}`;
  }

  /** A frame that this version does not know is passed over, so that gateways can be newer than clients. */
  #receive(text: string): void {
    this.emit('alive', undefined);
    const frame = ServerFrame.safeParse(parseJson(text));
    if (frame.success) this.emit(frame.data.type, frame.data.payload);
  }
}
