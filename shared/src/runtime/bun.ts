/** Serving on Bun, by its own server: it needs a third of the memory and processor time of Node's. */
import { setTimeout as sleep } from 'node:timers/promises';
import { closeCode, maxFrameBytes } from '../protocol.ts';
import type { Bindings } from './bindings.ts';
import {
  goodbyeMs,
  keepAliveMs,
  portTaken,
  requestTimeoutMs,
  type ServeOptions,
  type Server,
} from './server.ts';
import type { RawSocket, SocketHandler } from './socket.ts';

/** What is used here of Bun's types, whose package would redefine Node's. */
interface BunSocket {
  readonly data: SocketHandler;
  readonly readyState: number;
  send(text: string): number;
  /** Writes what is sent meanwhile at once. */
  cork(sending: () => void): void;
  ping(): number;
  close(code: number, reason: string): void;
  terminate(): void;
  getBufferedAmount(): number;
}
interface BunServer {
  readonly port: number;
  readonly pendingWebSockets: number;
  upgrade(request: Request, options: { data: SocketHandler }): boolean;
  requestIP(request: Request): { address: string } | null;
  /** Ends the request's connection when nothing is heard or said on it for so many seconds. */
  timeout(request: Request, seconds: number): void;
  stop(endConnections: boolean): Promise<void>;
}
interface BunOptions {
  port: number;
  fetch(request: Request, server: BunServer): Promise<Response>;
  error(error: unknown): Response;
  idleTimeout: number;
  websocket: {
    open(socket: BunSocket): void;
    message(socket: BunSocket, data: string | Uint8Array): void;
    pong(socket: BunSocket): void;
    close(socket: BunSocket, code: number, reason: string): void;
    maxPayloadLength: number;
    idleTimeout: number;
    sendPings: boolean;
    perMessageDeflate: boolean;
  };
}
const bun = (globalThis as { Bun?: { serve(options: BunOptions): BunServer } }).Bun;

const open = 1;

class Socket implements RawSocket {
  readonly #socket: BunSocket;

  constructor(socket: BunSocket) {
    this.#socket = socket;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === open;
  }

  get bufferedAmount(): number {
    return this.#socket.getBufferedAmount();
  }

  sendTexts(...texts: string[]): void {
    if (texts.length === 1) this.#socket.send(texts[0] as string);
    else {
      this.#socket.cork(() => {
        for (const text of texts) this.#socket.send(text);
      });
    }
  }

  ping(): void {
    this.#socket.ping();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }
}

/** @throws Error that says so when the port is taken */
export async function serveOnBun({ app, port, onError }: ServeOptions): Promise<Server> {
  if (!bun) throw new Error('this is not Bun');
  const server = start(port, {
    port,
    idleTimeout: requestTimeoutMs / 1_000,
    fetch: async (request, self) => {
      const answer = await app.fetch(request, bindingsOf(request, self));
      // The body has come by now. What follows is the wait for another request.
      self.timeout(request, keepAliveMs / 1_000);
      return answer;
    },
    error: (error) => {
      onError(error);
      return new Response(null, { status: 500 });
    },
    websocket: {
      open: (socket) => guard(() => socket.data.opened(new Socket(socket))),
      message: (socket, data) => guard(() => socket.data.message(data)),
      pong: (socket) => guard(() => socket.data.ponged()),
      close: (socket, code, reason) =>
        guard(() => socket.data.closed(isTooBig(code, reason) ? closeCode.tooBig : code)),
      // Bun closes with 1009 by itself, before it has taken more than this into memory.
      maxPayloadLength: maxFrameBytes,
      idleTimeout: 0,
      sendPings: false,
      perMessageDeflate: false,
    },
  });
  return {
    port: server.port,
    close: async () => {
      const deadline = Date.now() + goodbyeMs;
      while (server.pendingWebSockets > 0 && Date.now() < deadline) await sleep(10);
      await server.stop(true);
    },
  };

  /** What a handler throws would end the process, and everybody else's matches here with it. */
  function guard(handle: () => void): void {
    try {
      handle();
    } catch (error) {
      onError(error);
    }
  }
}

/** Of a frame that was too large Bun says 1006, although it has told the client 1009. No client can say 1006. */
const isTooBig = (code: number, reason: string) => code === 1006 && reason === 'Received too big message';

function bindingsOf(request: Request, server: BunServer): Bindings {
  const remoteAddress = server.requestIP(request)?.address ?? '';
  if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') return { remoteAddress };
  return { remoteAddress, upgrade: (handler) => server.upgrade(request, { data: handler }) };
}

function start(port: number, options: BunOptions): BunServer {
  try {
    if (!bun) throw new Error('this is not Bun');
    return bun.serve(options);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? portTaken(port) : error;
  }
}
