import { type Served, wantsSocket } from '@overcookied/shared/runtime/bindings.ts';
import type { Context } from 'hono';
import * as z from 'zod/mini';
import type { Gate, Handshake } from './limits/gate.ts';
import { isAllowedOrigin } from './origin.ts';

/** As matchmakers make them. */
export const RoomId = z.string().check(z.regex(/^[\w-]{1,64}$/));

/** A client would like a WebSocket, to play or to watch; who it is nobody has looked at yet, which takes more time than to ask. */
export async function shakeHands(
  c: Context<Served>,
  { gate, allowedOrigins }: { gate: Gate; allowedOrigins: string[] },
): Promise<Handshake> {
  // A page of another site could otherwise play in its visitor's name.
  if (!isAllowedOrigin(c.req.header('Origin'), c.req.header('Host'), allowedOrigins)) {
    return { refused: c.json({ error: 'this origin is not allowed' }, 403) };
  }
  if (!wantsSocket(c)) return { refused: c.json({ error: 'this address is for WebSockets' }, 426) };
  return gate.shakeHands(c);
}
