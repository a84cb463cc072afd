import { type Served, upgrade } from '@overcookied/shared/runtime/bindings.ts';
import type { Identity, Tokens } from '@overcookied/shared/tokens.ts';
import type { Hono } from 'hono';
import type { ConnectionParts } from './connection.ts';
import { RoomId, shakeHands } from './handshake.ts';
import type { Tickets } from './login/tickets.ts';
import { PlayerConnection } from './player-connection.ts';
import type { Sessions } from './sessions.ts';

export interface SocketParts extends ConnectionParts {
  tokens: Tokens;
  tickets: Tickets;
  sessions: Sessions;
  allowedOrigins: string[];
}

/**
 * Adds `GET /ws?ticket=…&room=…`, or with `token=…`: a player's WebSocket.
 *
 * `room` is a match that the client knows no end of, if any.
 */
export function socketRoute(app: Hono<Served>, parts: SocketParts): void {
  app.get('/ws', async (c) => {
    const handshake = await shakeHands(c, parts);
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
    return upgrade(c, new PlayerConnection(parts, { ...handshake, identity, isLooping, openRoom }));
  });
}
