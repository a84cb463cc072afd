/**
 * What one client may ask of the gateways. An operator overrides any with the `LIMITS` environment variable (JSON), for
 * instance `LIMITS='{"guestsPerAddress":1000}'` for a tournament behind one address; `null` sets no limit.
 */
import { headersTimeoutMs, maxHeaderBytes, requestTimeoutMs } from '@overcookied/shared/runtime/server.ts';
import * as z from 'zod/mini';

/**
 * Valkey is waited for so long, in ms, before something is done without asking: limits are to keep out whoever does too
 * much, and never to stop the game.
 */
export const answerWithinMs = 250;

const count = z.int().check(z.gte(1), z.lte(1_000_000));
/** None unless it is production. */
const perAddress = z.nullable(count);

const shape = {
  /** WebSockets that one address may have open at once, on all gateways together. */
  connectionsPerAddress: perAddress,
  /** Guests that one address may become, a minute; as many at once. */
  guestsPerAddress: perAddress,
  /** Requests that one address may make to `/auth`, `/api` and `/ws`, a minute; as many at once. */
  requestsPerAddress: perAddress,
  /** Connections that one player may make, a minute; as many at once. */
  connectsPerPlayer: z.nullable(count),
  /** Frames that one socket may send, a second, in the long run… */
  framesPerSecond: count,
  /** …plus this many frames on top. */
  frameBurst: count,
  /** Who may watch one match by this gateway: its players are served first. */
  watchersPerMatch: count,
  /** A connection must have sent all headers of its request after so long, in ms. */
  headersMs: z.int().check(z.gte(100), z.lte(requestTimeoutMs)),
  /** Most bytes of headers that a request may have, its address included. */
  headerBytes: z.int().check(z.gte(1_024), z.lte(1_048_576)),
};
export type Limits = z.infer<z.ZodMiniObject<typeof shape>>;

/** What `LIMITS` may say. */
export const LimitOverrides = z.partial(z.strictObject(shape));

const everywhere = {
  connectsPerPlayer: 120,
  framesPerSecond: 60,
  frameBurst: 600,
  watchersPerMatch: 1_000,
  headersMs: headersTimeoutMs,
  headerBytes: maxHeaderBytes,
};
/** A school or a company may be behind one address. */
const inProduction = { connectionsPerAddress: 500, guestsPerAddress: 120, requestsPerAddress: 3_000 };
/** All clients of a developer share one address. */
const inDevelopment = { connectionsPerAddress: null, guestsPerAddress: null, requestsPerAddress: null };

/** The limits that hold. */
export const limitsOf = (overrides: z.infer<typeof LimitOverrides>, isProduction: boolean): Limits => ({
  ...everywhere,
  ...(isProduction ? inProduction : inDevelopment),
  ...(overrides as Partial<Limits>),
});
