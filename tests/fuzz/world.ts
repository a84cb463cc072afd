import type { Redis } from '@overcookied/shared/valkey.ts';
import { nanoid } from 'nanoid';
import { claimsOf, forge } from '../support/jwt.ts';
import type { Target } from './wire/client.ts';

/** The system as a case sees it. */
export interface World {
  /** Ports of its two gateways. */
  gateways: readonly [number, number];
  valkey: Redis;
  /** The gateways' key for tokens. */
  secret: string;
  /** How long anything may take, in ms: much longer than it does, as machines are busy. */
  withinMs: number;
  /** Whether since then, in ms by `performance.now()`, anything took so long that nobody can say what came in time. */
  wasBusySince(ms: number): boolean;
  count: Counts;
}

/** What has been done so far. */
export interface Counts {
  /** WebSocket messages that a gateway had to deal with. */
  frames: number;
  /** Answers that were due to them at once. */
  answers: number;
  sockets: number;
  matches: number;
  /** Of the matches, those in which everything came in time, so that all that was done had to count. */
  timed: number;
  /** By HTTP. */
  requests: number;
  handshakes: number;
  /** Messages through Valkey. */
  events: number;
}

export function noCounts(): Counts {
  return { frames: 0, answers: 0, sockets: 0, matches: 0, timed: 0, requests: 0, handshakes: 0, events: 0 };
}

/** A player whom nobody has seen before, at one of the gateways. */
export function newcomer({ gateways, secret }: World, gateway: 0 | 1): Target & { id: string } {
  const id = `fuzz_${nanoid()}`;
  return { id, port: gateways[gateway], token: forge(claimsOf(id), secret) };
}
