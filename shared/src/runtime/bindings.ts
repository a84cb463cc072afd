/** What a runtime tells the routes of an app about a connection, as Hono's `c.env`. */
import type { Context } from 'hono';
import { brokenCode } from './server.ts';
import type { SocketHandler } from './socket.ts';

export interface Bindings {
  /** Where the connection comes from; empty when it is gone already. */
  readonly remoteAddress: string;
  /** Makes the connection a WebSocket; absent when that is not what was asked for. @returns false when it cannot be */
  upgrade?(handler: SocketHandler): boolean;
}

/** The environment of an app that is served by `serve`. */
export interface Served {
  Bindings: Bindings;
}

/** Where a request comes from: the load balancer, where there is one. IPv4 is written as ever, although IPv6 is listened to. */
export const remoteAddress = (c: Context<Served>): string =>
  c.env.remoteAddress.replace(/^::ffff:(?=\d+\.)/, '') || 'unknown';

/** Whether a request asks for a WebSocket, in a handshake that can be taken. */
export const wantsSocket = (c: Context<Served>): boolean => c.env.upgrade !== undefined;

/**
 * Takes a request as a WebSocket.
 *
 * @returns what the route is to return
 * @throws Error when `wantsSocket` is false
 */
export function upgrade(c: Context<Served>, handler: SocketHandler): Response {
  if (!c.env.upgrade) throw new Error('this request asks for no WebSocket');
  // The runtime has answered with 101, which no Response can say.
  if (c.env.upgrade(handler)) return c.body(null, 204);
  // The client is gone, or was none that can shake hands.
  handler.closed(brokenCode);
  return c.body(null, 400);
}
