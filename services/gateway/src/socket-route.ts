import type { Counter } from '@overcookied/shared/metrics.ts';
import { type Served, upgrade, wantsSocket } from '@overcookied/shared/runtime/bindings.ts';
import type { Identity, Tokens } from '@overcookied/shared/tokens.ts';
import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { Connection } from './connection.ts';
import type { Gate } from './limits/gate.ts';
import type { Tickets } from './login/tickets.ts';
import { isAllowedOrigin } from './origin.ts';
import type { Sessions } from './sessions.ts';
import type { SocketCare } from './socket.ts';

/** As matchmakers make them. */
const RoomId = z.string().check(z.regex(/^[\w-]{1,64}$/));

export interface SocketParts {
  gate: Gate;
  tokens: Tokens;
  tickets: Tickets;
  sessions: Sessions;
  care: SocketCare;
  allowedOrigins: string[];
  frames: Counter<'type'>;
  closes: Counter<'code'>;
}

/**
 * Adds `GET /ws?ticket=…&room=…`, or with `token=…`: a player's WebSocket.
 *
 * `room` is a match that the client knows no end of, if any.
 */
export function socketRoute(app: Hono<Served>, parts: SocketParts): void {
  app.get('/ws', async (c) => {
    // A page of another site could otherwise play in its visitor's name.
    if (!isAllowedOrigin(c.req.header('Origin'), c.req.header('Host'), parts.allowedOrigins)) {
      return c.json({ error: 'this origin is not allowed' }, 403);
    }
    if (!wantsSocket(c)) return c.json({ error: 'this address is for WebSockets' }, 426);
    // Before anybody looks at who it is, which takes more time than to ask.
    const handshake = await parts.gate.shakeHands(c);
    if ('refused' in handshake) return handshake.refused;
    const { token, ticket } = c.req.query();
    let identity: Identity | undefined;
    try {
      identity = await (ticket === undefined ? parts.tokens.check(token) : parts.tickets.take(ticket));
    } catch {
      handshake.counted?.closed();
      // Valkey says in the log what is wrong. The client comes back, with another ticket.
      return c.json({ error: 'the ticket cannot be looked up just now' }, 503);
    }
    const isLooping = identity !== undefined && (await parts.gate.isLooping(identity.id, handshake.address));
    const openRoom = RoomId.safeParse(c.req.query('room')).data;
    return upgrade(c, new Connection(parts, { ...handshake, identity, isLooping, openRoom }));
  });
}
