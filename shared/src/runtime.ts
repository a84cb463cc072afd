/**
 * What is particular to the runtime: serving HTTP and WebSockets. Everything else runs unchanged on any.
 */
import { createAdaptorServer } from '@hono/node-server';
import { createNodeWebSocket } from '@hono/node-ws';
import type { Hono } from 'hono';
import type { UpgradeWebSocket } from 'hono/ws';
import type { WebSocket } from 'ws';
import { maxFrameBytes } from './protocol.ts';

/** The socket underneath Hono's, with what a gateway needs beyond the standard interface. */
export type RawSocket = WebSocket;

/** Files of a folder, as a handler of the app. */
export { serveStatic } from '@hono/node-server/serve-static';

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
  upgradeWebSocket: UpgradeWebSocket<RawSocket>;
  listen: (port: number) => Promise<Server>;
} {
  const { wss, injectWebSocket, upgradeWebSocket } = createNodeWebSocket({ app });
  // ws closes with 1009 by itself, before it has taken more than this into memory.
  wss.options.maxPayload = maxFrameBytes;
  return {
    upgradeWebSocket,
    listen: async (port) => {
      const server = createAdaptorServer({ fetch: app.fetch });
      injectWebSocket(server);
      const listening = await listenOn(server, port);
      return {
        ...listening,
        close: () => {
          for (const socket of wss.clients) socket.terminate();
          return listening.close();
        },
      };
    },
  };
}

/** @throws Error that says so when the port is taken */
export function listen(app: Hono, port: number): Promise<Server> {
  return listenOn(createAdaptorServer({ fetch: app.fetch }), port);
}

async function listenOn(server: ReturnType<typeof createAdaptorServer>, port: number): Promise<Server> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} is taken: stop what uses it, or set PORT`)
          : error,
      );
    });
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
