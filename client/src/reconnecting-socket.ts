import { closeCode, reconnectCodes } from '@overcookied/shared/protocol.ts';
import { RequestError } from './api.ts';

/**
 * `code` and `reason` are those of the close. `closed` is final: the gateway said not to come back, or `close` was
 * called.
 */
export type Status =
  | { state: 'connecting' }
  | { state: 'open' }
  | { state: 'reconnecting'; attempt: number; code: number; reason: string }
  | { state: 'closed'; code: number; reason: string };

export interface ReconnectingOptions {
  /**
   * Where to connect to, asked again for each connection. Rejects with a `RequestError` of status 401 when the session has
   * ended; whatever else goes wrong counts as a break.
   */
  address(signal: AbortSignal): string | Promise<string>;
  /** Codes of closes after which it comes back besides those of the protocol. */
  alsoAfter?: readonly number[];
  status(status: Status): void;
  message(text: string): void;
}

/** The first try comes at once, with jitter, so that a gateway's thousands do not all arrive together. */
const firstDelayMs = 100;
const longestDelayMs = 5_000;
/** A gateway that does not finish the handshake for so long is frozen, or out of reach: another may be well. */
const handshakeMs = 4_000;
/** What a browser says of a connection that broke without a close frame. */
const brokenCode = 1006;

/** A connection that has been open for so long was good: the next try after its break comes at once again. */
const goodAfterMs = 5_000;

/** A WebSocket to any gateway that comes back by itself after a break, as the protocol asks of clients. */
export class ReconnectingSocket {
  readonly #options: ReconnectingOptions;
  #socket: WebSocket | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #handshake: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;
  #attempt = 0;
  #openedAt: number | undefined;
  #status: Status = { state: 'connecting' };

  constructor(options: ReconnectingOptions) {
    this.#options = options;
    this.#connect();
  }

  get status(): Status {
    return this.#status;
  }

  /** @returns false when there is no open connection: the frame is not kept */
  send(frame: { type: string; payload: unknown }): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
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
    const asking = new AbortController();
    this.#asking = asking;
    const address = this.#options.address(asking.signal);
    if (typeof address === 'string') this.#open(address);
    else void this.#openWhenKnown(address, asking);
  }

  async #openWhenKnown(address: Promise<string>, asking: AbortController): Promise<void> {
    try {
      const known = await address;
      if (asking === this.#asking) this.#open(known);
    } catch (error) {
      if (asking !== this.#asking) return;
      if (error instanceof RequestError && error.status === 401)
        this.#end(closeCode.unauthorized, error.message);
      else this.#giveUp((error as Error).message);
    }
  }

  #open(address: string): void {
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      if (socket !== this.#socket) return;
      clearTimeout(this.#handshake);
      this.#openedAt = Date.now();
      this.#setStatus({ state: 'open' });
    });
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#options.message(String(data));
    });
    socket.addEventListener('close', ({ code, reason }) => {
      if (socket !== this.#socket) return;
      clearTimeout(this.#handshake);
      this.#socket = undefined;
      // Not at every opening: a gateway that cannot reach Valkey opens, and closes at once.
      if (this.#openedAt !== undefined && Date.now() - this.#openedAt > goodAfterMs) this.#attempt = 0;
      this.#openedAt = undefined;
      if (reconnectCodes.has(code) || this.#options.alsoAfter?.includes(code))
        this.#scheduleReconnect(code, reason);
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
    this.#options.status(status);
  }
}

/** What a frame says; undefined for what is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
