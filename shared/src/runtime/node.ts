/** Serving on Node, and on Deno, which has Node's `http`. */
import { createServer, type Server as HttpServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { WebSocket, WebSocketServer } from 'ws';
import { closeCode, maxFrameBytes } from '../protocol.ts';
import type { Bindings } from './bindings.ts';
import {
  brokenCode,
  goodbyeMs,
  headersTimeoutMs,
  keepAliveMs,
  longGoodbyeMs,
  maxHeaderBytes,
  portTaken,
  requestTimeoutMs,
  type ServeOptions,
  type Server,
} from './server.ts';
import type { RawSocket, SocketHandler } from './socket.ts';
import { textFrames } from './text-frames.ts';

/** What RFC 6455 asks of a handshake's key: sixteen bytes in base64. */
const handshakeKey = /^[+/0-9A-Za-z]{22}==$/;

/** A handshake that has no answer after so many ms, because Valkey is away for instance, gets 503. */
const handshakeMs = 5_000;

/** How often it is looked for connections whose headers are late, in ms; it takes a look at each that waits. */
const lateCheckMs = 500;

/** What a client is told of a request that could not be read; 400 for the rest. */
const clientErrors = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['HPE_HEADER_OVERFLOW', 431],
]);

/** Of ws, with its handler; the listeners are the same functions for all sockets, since ten thousand of each would cost memory. */
class NodeSocket extends WebSocket implements RawSocket {
  handler: SocketHandler | undefined;
  isTooBig = false;
  /** The connection that it is on. */
  connection: Duplex | undefined;

  /** Past ws, which writes each frame by itself, its header apart; nothing of ws' own can be waiting to be written before. */
  sendTexts(...texts: string[]): void {
    if (this.isOpen) this.connection?.write(textFrames(texts));
  }

  get isOpen(): boolean {
    return this.readyState === WebSocket.OPEN;
  }
}

/** @throws Error that says so when the port is taken */
export async function serveOnNode({ app, port, onError, ...options }: ServeOptions): Promise<Server> {
  const fetch = (request: Request, { incoming }: { incoming: unknown }) =>
    // A `Host` like 999.1.1.1 passes the adapter, which throws as soon as somebody looks at the body.
    URL.canParse(request.url)
      ? app.fetch(request, { remoteAddress: (incoming as IncomingMessage).socket.remoteAddress ?? '' })
      : new Response(null, { status: 400 });
  const server = createServer(
    {
      headersTimeout: options.headersTimeoutMs ?? headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: lateCheckMs,
      keepAliveTimeout: keepAliveMs,
      maxHeaderSize: options.maxHeaderBytes ?? maxHeaderBytes,
      // Whatever else somebody would like to change to (HTTP/2 for instance, as curl does) is not done, and they are served as ever.
      shouldUpgradeCallback: isForWebSocket,
    },
    getRequestListener(fetch),
  );
  const socketOptions = {
    noServer: true,
    WebSocket: NodeSocket,
    // ws closes with 1009 by itself, before it has taken more than this into memory.
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    // For whoever says goodbye and keeps the connection all the same; half a minute unless told.
    closeTimeout: longGoodbyeMs,
  };
  const sockets = new WebSocketServer(socketOptions);
  server.on('clientError', ({ code }: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return socket.destroy();
    if (code === 'ERR_HTTP_REQUEST_TIMEOUT') options.onRefused?.('late');
    if (code === 'HPE_HEADER_OVERFLOW') options.onRefused?.('too_big');
    return refuse(socket, clientErrors.get(code ?? '') ?? 400);
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', destroy);
    answerHandshake(request, socket, head).catch((error: unknown) => {
      onError(error);
      refuse(socket, 500);
    });
  });
  await listen(server, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      // Whoever was told goodbye is to hear it: ending the connection at once could overtake the close frame.
      const deadline = Date.now() + goodbyeMs;
      while (sockets.clients.size > 0 && Date.now() < deadline) await sleep(10);
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await closed;
    },
  };

  async function answerHandshake(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const asked = isHandshake(request) ? toRequest(request) : undefined;
    if (!asked) return refuse(socket, 400);
    let handler: SocketHandler | undefined;
    const bindings: Bindings = {
      remoteAddress: request.socket.remoteAddress ?? '',
      upgrade: (wanted) => {
        handler = wanted;
        return true;
      },
    };
    const late = setTimeout(() => refuse(socket, 503), handshakeMs);
    const answer = await Promise.resolve(app.fetch(asked, bindings)).finally(() => clearTimeout(late));
    // The client has not waited, or has waited for too long.
    if (socket.destroyed || socket.writableEnded) return handler?.closed(brokenCode);
    if (!handler) return send(socket, answer);
    socket.off('error', destroy);
    sockets.handleUpgrade(request, socket, head, (taken) => attach(taken as NodeSocket, socket, handler));
  }

  function attach(socket: NodeSocket, connection: Duplex, handler: SocketHandler | undefined): void {
    socket.handler = handler;
    socket.connection = connection;
    socket.on('message', onMessage).on('pong', onPong).on('close', onClose).on('error', onSocketError);
    guard(() => handler?.opened(socket));
  }

  function onMessage(this: WebSocket, data: unknown, isBinary: boolean): void {
    const bytes = data as Buffer;
    guard(() => (this as NodeSocket).handler?.message(isBinary ? bytes : bytes.toString()));
  }

  function onPong(this: WebSocket): void {
    guard(() => (this as NodeSocket).handler?.ponged());
  }

  function onClose(this: WebSocket, code: number): void {
    const { handler, isTooBig } = this as NodeSocket;
    guard(() => handler?.closed(isTooBig ? closeCode.tooBig : code));
  }

  /** What a handler throws would end the process, and everybody else's matches here with it. */
  function guard(handle: () => void): void {
    try {
      handle();
    } catch (error) {
      onError(error);
    }
  }
}

/**
 * Most are clients that break the protocol, which is theirs to mend. The close follows, and is what counts; of a frame that
 * is too large it says 1006, since the client's own goodbye is not read any more.
 */
function onSocketError(this: WebSocket, { code }: NodeJS.ErrnoException): void {
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') (this as NodeSocket).isTooBig = true;
}

function destroy(this: Duplex): void {
  this.destroy();
}

const isForWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket';

function isHandshake(request: IncomingMessage): boolean {
  const { method, headers } = request;
  return (
    method === 'GET' &&
    isForWebSocket(request) &&
    headers['sec-websocket-version'] === '13' &&
    handshakeKey.test(headers['sec-websocket-key'] ?? '')
  );
}

/** @returns undefined for an address that is none, as with `Host: [` or with a password in it */
function toRequest({ url = '', headers }: IncomingMessage): Request | undefined {
  const address = `http://${headers.host ?? 'localhost'}${url}`;
  const { username, password } = URL.parse(address) ?? { username: '?', password: '' };
  if (!url.startsWith('/') || username || password) return undefined;
  const kept = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) kept.set(name, String(value));
  }
  return new Request(address, { headers: kept });
}

/** Ends a handshake with a status and no more. */
function refuse(socket: Duplex, status: number): void {
  if (socket.destroyed || socket.writableEnded) return;
  end(socket, Buffer.from(`${statusLine(status)}Connection: close\r\nContent-Length: 0\r\n\r\n`));
}

/** Ends a handshake with the app's answer. */
async function send(socket: Duplex, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  answer.headers.set('Connection', 'close');
  answer.headers.set('Content-Length', String(body.length));
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  end(socket, Buffer.concat([Buffer.from(`${statusLine(answer.status)}${headers}\r\n`), body]));
}

/** A client that keeps its half of the connection open would have it for good: nobody looks after it any more. */
function end(socket: Duplex, last: Buffer): void {
  if (!socket.destroyed) socket.end(last, () => socket.destroy());
}

const statusLine = (status: number) => `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;

async function listen(server: HttpServer, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? portTaken(port) : error);
    });
    server.listen(port, () => resolve());
  });
}
