/**
 * What is particular to the runtime: serving HTTP and WebSockets. Everything else runs unchanged on any.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { createNodeWebSocket } from '@hono/node-ws';
import type { Context, Hono } from 'hono';
import type { UpgradeWebSocket as HonoUpgrade } from 'hono/ws';
import type { WebSocket, WebSocketServer } from 'ws';
import { maxFrameBytes } from './protocol.ts';

/** How often sockets are pinged, in ms. One that has left two pings unanswered is dead: nobody waits or plays on it. */
export const pingEveryMs = 5_000;

/** What RFC 6455 asks of a handshake's key: sixteen bytes in base64. */
const handshakeKey = /^[+/0-9A-Za-z]{22}==$/;

/** How long closed sockets may take to say goodbye when the server closes, in ms. */
const closeHandshakeMs = 1_000;

/**
 * For how long an idle HTTP connection is kept open, in ms: longer than any load balancer in front of it keeps one. A
 * request that meets a connection just being closed is answered with 502.
 */
export const keepAliveMs = 3_610_000;

/** The socket underneath Hono's, with what a gateway needs beyond the standard interface. */
export type RawSocket = WebSocket;

// Node has no ErrorEvent, but @hono/node-ws makes one of every socket error: without this each client that breaks
// the protocol put a ReferenceError on standard error.
class SocketErrorEvent extends Event {
  readonly error: unknown;

  constructor(type: string, { error }: { error?: unknown } = {}) {
    super(type);
    this.error = error;
  }
}
if (!('ErrorEvent' in globalThis)) Object.assign(globalThis, { ErrorEvent: SocketErrorEvent });

/** Files of a folder, as a handler of the app. */
export { serveStatic } from '@hono/node-server/serve-static';

/** Where a request comes from: the load balancer, where there is one. IPv4 is written as ever, although IPv6 is listened to. */
export const remoteAddress = (c: Context): string =>
  getConnInfo(c).remote.address?.replace(/^::ffff:/, '') ?? 'unknown';

/** Makes a route's handler take a WebSocket; `onError` is told what the socket's handlers throw. */
export type UpgradeWebSocket = HonoUpgrade<RawSocket, { onError: (error: unknown) => void }>;

export interface Server {
  /** The port that it listens on, also where port 0 was asked for. */
  port: number;
  /** Stops listening, and ends all connections that are still open. */
  close(): Promise<void>;
}

/**
 * Makes an app able to take WebSockets.
 *
 * @returns `upgradeWebSocket` for the app's route, and `listen` to serve the app with
 */
export function withWebSockets(app: Hono): {
  upgradeWebSocket: UpgradeWebSocket;
  listen: (port: number) => Promise<Server>;
} {
  const { wss, injectWebSocket, upgradeWebSocket } = createNodeWebSocket({ app });
  // ws closes with 1009 by itself, before it has taken more than this into memory.
  wss.options.maxPayload = maxFrameBytes;
  pingEach(wss);
  return {
    upgradeWebSocket,
    listen: async (port) => {
      const server = createAdaptorServer({ fetch: app.fetch });
      injectWebSocket(guardUpgrades(server));
      const listening = await listenOn(server, port);
      return {
        ...listening,
        close: async () => {
          // Whoever was told goodbye is to hear it: ending the connection at once could overtake the close frame.
          const deadline = Date.now() + closeHandshakeMs;
          while (wss.clients.size > 0 && Date.now() < deadline) await sleep(10);
          for (const socket of wss.clients) socket.terminate();
          await listening.close();
        },
      };
    },
  };
}

/**
 * A client that is gone without a word (a tunnel, a closed lid) would be taken for present for a quarter of an hour.
 * Each socket has a rhythm of its own: ten thousand pinged in one go held up everything else for 200 ms.
 */
function pingEach(wss: WebSocketServer): void {
  wss.on('connection', (socket) => {
    let unanswered = 0;
    const timer = setInterval(() => {
      if (unanswered++ < 2) socket.ping();
      else socket.terminate();
    }, pingEveryMs);
    socket.on('pong', () => {
      unanswered = 0;
    });
    socket.on('close', () => clearInterval(timer));
  });
}

type NodeServer = ReturnType<typeof createAdaptorServer>;

/**
 * Stands between a server and `@hono/node-ws`, whose handling of an upgrade has three gaps. An address that is
 * none, as in `GET // HTTP/1.1`, rejects its promise, which nobody handles and which ends the process; so does the
 * error of a client that resets the connection during the handshake. And it keeps every request whose handshake ws
 * refuses for ever, which fills the memory of a gateway without anyone logging in.
 */
function guardUpgrades(server: NodeServer): NodeServer {
  const on = (
    _event: 'upgrade',
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => unknown,
  ) =>
    server.on('upgrade', async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      try {
        if (!isHandshake(request)) throw new Error('not a handshake that ws would take');
        await upgrade(request, socket, head);
      } catch {
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      }
    });
  return { on } as unknown as NodeServer;
}

function isHandshake({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    headers['sec-websocket-version'] === '13' &&
    handshakeKey.test(headers['sec-websocket-key'] ?? '')
  );
}

/** @throws Error that says so when the port is taken */
export function listen(app: Hono, port: number): Promise<Server> {
  return listenOn(createAdaptorServer({ fetch: app.fetch }), port);
}

async function listenOn(server: NodeServer, port: number): Promise<Server> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} is taken: stop what uses it, or set PORT`)
          : error,
      );
    });
    // Node's default is five seconds.
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = keepAliveMs;
    server.listen(port, () => resolve());
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
