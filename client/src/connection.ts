/**
 * A player's connection to any gateway: typed frames both ways, and back again by itself after a break.
 *
 * @example
 * const connection = new Connection({ url: 'ws://localhost:8080', token: session.token });
 * connection.on('GAME_START', (start) => …);
 * connection.on('status', (status) => …);
 * connection.send('JOIN_QUEUE', { mode: 'ranked' });
 */
import {
  type ClientFrameInput,
  closeCode,
  type FrameOf,
  reconnectCodes,
  ServerFrame,
} from '@overcookied/shared/protocol.ts';
import { RequestError } from './api.ts';
import { Emitter } from './emitter.ts';

/**
 * `code` and `reason` are those of the close. `closed` is final: the gateway said not to come back, or `close` was
 * called.
 */
export type Status =
  | { state: 'connecting' }
  | { state: 'open' }
  | { state: 'reconnecting'; attempt: number; code: number; reason: string }
  | { state: 'closed'; code: number; reason: string };

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

/** The first try comes at once, with jitter, so that a gateway's thousands do not all arrive together. */
const firstDelayMs = 100;
const longestDelayMs = 5_000;
/** A gateway that does not finish the handshake for so long is frozen, or out of reach: another may be well. */
const handshakeMs = 4_000;
/** What a browser says of a connection that broke without a close frame. */
const brokenCode = 1006;

/** A connection that has been open for so long was good: the next try after its break comes at once again. */
const goodAfterMs = 5_000;

export class Connection extends Emitter<ConnectionEvents> {
  readonly #options: ConnectionOptions;
  #socket: WebSocket | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #handshake: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;
  #attempt = 0;
  #openedAt: number | undefined;
  #status: Status = { state: 'connecting' };

  constructor(options: ConnectionOptions) {
    super();
    this.#options = options;
    this.#connect();
  }

  get status(): Status {
    return this.#status;
  }

  /** @returns false when there is no open connection: the frame is not kept */
  send<T extends ClientFrameInput['type']>(type: T, payload: Payload<T>): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify({ type, payload }));
    return true;
  }

  /** Nothing comes through any more, although nobody has said so: the next connection is made at once. */
  abandon(): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#giveUp('nothing came through');
  }

  /** Ends the connection for good. */
  close(): void {
    this.#end(closeCode.normal, 'closed by this side');
  }

  #end(code: number, reason: string): void {
    clearTimeout(this.#retry);
    this.#stopShakingHands();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(closeCode.normal);
    this.#setStatus({ state: 'closed', code, reason });
  }

  #connect(): void {
    this.#handshake = setTimeout(() => this.#giveUp('the handshake took too long'), handshakeMs);
    const { token, ticket } = this.#options;
    if (ticket) void this.#openBy(ticket, token);
    else this.#open({ token });
  }

  async #openBy(ticket: NonNullable<ConnectionOptions['ticket']>, token: string): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const given = await ticket(token, asking.signal);
      if (asking === this.#asking) this.#open({ ticket: given });
    } catch (error) {
      if (asking !== this.#asking) return;
      if (error instanceof RequestError && error.status === 401)
        this.#end(closeCode.unauthorized, error.message);
      else this.#giveUp((error as Error).message);
    }
  }

  #open(credentials: { token: string } | { ticket: string }): void {
    const { url, roomId, ticket } = this.#options;
    const base = typeof url === 'string' ? url : url();
    const query = new URLSearchParams(credentials);
    const room = roomId?.();
    if (room !== undefined) query.set('room', room);
    const socket = new WebSocket(`${base}/ws?${query}`);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      if (socket !== this.#socket) return;
      clearTimeout(this.#handshake);
      this.#openedAt = Date.now();
      this.#setStatus({ state: 'open' });
    });
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#receive(String(data));
    });
    socket.addEventListener('close', ({ code, reason }) => {
      if (socket !== this.#socket) return;
      clearTimeout(this.#handshake);
      this.#socket = undefined;
      // Not at every opening: a gateway that cannot reach Valkey opens, and closes at once.
      if (this.#openedAt !== undefined && Date.now() - this.#openedAt > goodAfterMs) this.#attempt = 0;
      this.#openedAt = undefined;
      // A Valkey that fails over forgets tickets: whether the session has ended is said where they are given out.
      const isTicketLost = ticket !== undefined && code === closeCode.unauthorized;
      if (isTicketLost || reconnectCodes.has(code)) this.#scheduleReconnect(code, reason);
      else this.#setStatus({ state: 'closed', code, reason });
    });
  }

  /** This connection is of no use any more, although it has not been closed. */
  #giveUp(reason: string): void {
    this.#stopShakingHands();
    const socket = this.#socket;
    this.#socket = undefined;
    this.#openedAt = undefined;
    socket?.close();
    this.#scheduleReconnect(brokenCode, reason);
  }

  #stopShakingHands(): void {
    clearTimeout(this.#handshake);
    this.#asking?.abort();
    this.#asking = undefined;
  }

  #scheduleReconnect(code: number, reason: string): void {
    this.#attempt++;
    const ceiling = Math.min(firstDelayMs * 2 ** Math.min(this.#attempt, 10), longestDelayMs);
    this.#retry = setTimeout(() => this.#connect(), Math.random() * ceiling);
    this.#setStatus({ state: 'reconnecting', attempt: this.#attempt, code, reason });
  }

  #setStatus(status: Status): void {
    this.#status = status;
    this.emit('status', status);
  }

  /** A frame that this version does not know is passed over, so that gateways can be newer than clients. */
  #receive(text: string): void {
    this.emit('alive', undefined);
    const frame = ServerFrame.safeParse(parseJson(text));
    if (frame.success) this.emit(frame.data.type, frame.data.payload);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
