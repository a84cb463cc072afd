import type { Counter } from '@overcookied/shared/metrics.ts';
import { type Served, upgrade, wantsSocket } from '@overcookied/shared/runtime/bindings.ts';
import type { Tokens } from '@overcookied/shared/tokens.ts';
import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { Connection } from './connection.ts';
import { isAllowedOrigin } from './origin.ts';
import type { Sessions } from './sessions.ts';

import type { SocketCare } from './socket.ts';
/** As matchmakers make them. */
const RoomId = z.string().check(z.regex(/^[\w-]{1,64}$/));

export interface SocketParts {
  tokens: Tokens;
  sessions: Sessions;
  allowedOrigins: string[];
  frames: Counter<'type'>;
  care: SocketCare;
  closes: Counter<'code'>;
}

/** Adds `GET /ws?token=…&room=…`: a player's WebSocket. `room` is a match that the client knows no end of, if any. */
export function socketRoute(app: Hono<Served>, parts: SocketParts): void {
  app.get('/ws', async (c) => {
    // A page of another site could otherwise play in its visitor's name.
    if (!isAllowedOrigin(c.req.header('Origin'), c.req.header('Host'), parts.allowedOrigins)) {
      return c.json({ error: 'this origin is not allowed' }, 403);
    }
    if (!wantsSocket(c)) return c.json({ error: 'this address is for WebSockets' }, 426);
    const identity = await parts.tokens.check(c.req.query('token'));
    const openRoom = RoomId.safeParse(c.req.query('room')).data;
    return upgrade(c, new Connection(parts, identity, openRoom));
  });
}
