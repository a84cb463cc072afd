import type { Bindings } from './bindings.ts';

export interface ServeOptions {
  app: { fetch(request: Request, bindings: Bindings): Response | Promise<Response> };
  /** 0 for any free one. */
  port: number;
  /** Is told what a WebSocket's handler throws, and of requests that the app could not answer. */
  onError(error: unknown): void;
  /** As below, unless it says otherwise. */
  headersTimeoutMs?: number;
  maxHeaderBytes?: number;
  /** Is told of requests that were refused before the app saw them, where the runtime says so. */
  onRefused?(why: Refused): void;
}

/** Headers that did not come in time, or that were too many. */
export type Refused = 'late' | 'too_big';

export interface Server {
  /** The port that it listens on, also where port 0 was asked for. */
  port: number;
  /** Stops listening, and ends all connections that are still open. */
  close(): Promise<void>;
}

/** Of a connection that ended without a goodbye, as RFC 6455 has it. */
export const brokenCode = 1006;

/** How long a client that has much to read before it may take to say goodbye, in ms. */
export const longGoodbyeMs = 10_000;

/** How long closed sockets may take to say goodbye when the server closes, in ms. */
export const goodbyeMs = 1_000;

/** A client must have sent all headers of its request within so many ms of connecting… */
export const headersTimeoutMs = 10_000;

/** …and the whole of it within so many. */
export const requestTimeoutMs = 30_000;

/** Most bytes of headers that a request may have, its address included. */
export const maxHeaderBytes = 16_384;

/**
 * For how long an idle HTTP connection is kept open, in ms: longer than any load balancer in front of it keeps one. A
 * request that meets a connection just being closed is answered with 502. Bun keeps none for longer.
 */
export const keepAliveMs = 255_000;

export const portTaken = (port: number): Error =>
  new Error(`port ${port} is taken: stop what uses it, or set PORT`);
