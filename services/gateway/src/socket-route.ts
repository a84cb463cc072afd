import type { Logger } from '@overcookied/shared/log.ts';
import type { Counter } from '@overcookied/shared/metrics.ts';
import { closeCode } from '@overcookied/shared/protocol.ts';
import type { UpgradeWebSocket } from '@overcookied/shared/runtime.ts';
import type { Tokens } from '@overcookied/shared/tokens.ts';
import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { BadFrames } from './bad-frames.ts';
import { parseFrame } from './frame-parser.ts';
import { isAllowedOrigin } from './origin.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import { Socket } from './socket.ts';

/** A client may choose any of thousands of codes, which must not become as many time series. */
const knownCodes = new Set<number>([...Object.values(closeCode), 1001, 1005, 1006]);

/** As matchmakers make them. */
const RoomId = z.string().check(z.regex(/^[\w-]{1,64}$/));

/** `readyState` of a socket that is open. */
const open = 1;

interface Parts {
  tokens: Tokens;
  sessions: Sessions;
  allowedOrigins: string[];
  log: Logger;
  frames: Counter<'type'>;
  closes: Counter<'code'>;
}

/** Adds `GET /ws?token=…&room=…`: a player's WebSocket. `room` is a match that the client knows no end of, if any. */
export function socketRoute(app: Hono, upgrade: UpgradeWebSocket, parts: Parts): void {
  const { tokens, sessions, allowedOrigins, log, frames, closes } = parts;
  app.get(
    '/ws',
    async (c, next) => {
      // A page of another site could otherwise play in its visitor's name.
      if (!isAllowedOrigin(c.req.header('Origin'), c.req.header('Host'), allowedOrigins)) {
        return c.json({ error: 'this origin is not allowed' }, 403);
      }
      if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket') {
        return c.json({ error: 'this address is for WebSockets' }, 426);
      }
      return next();
    },
    upgrade(
      async (c) => {
        const identity = await tokens.check(c.req.query('token'));
        const openRoom = RoomId.safeParse(c.req.query('room')).data;
        let session: Session | undefined;
        let socket: Socket | undefined;
        const badFrames = new BadFrames();
        return {
          onOpen: (_event, ws) => {
            socket = new Socket(ws);
            if (identity) session = sessions.open(identity, socket, openRoom);
            // A browser shows a close code to the page, but not an answer to the handshake.
            else socket.close(closeCode.unauthorized, 'the token is missing, wrong or expired');
          },
          onMessage: ({ data }, ws) => {
            // A socket that is being closed still delivers what its client goes on sending.
            if (!session || ws.readyState !== open) return;
            const parsed = parseFrame(data);
            if ('frame' in parsed) {
              frames.inc({ type: parsed.frame.type });
              session.receive(parsed.frame);
              return;
            }
            frames.inc({ type: parsed.bad.code });
            session.send({ type: 'ERROR', payload: parsed.bad });
            if (badFrames.add(performance.now())) {
              socket?.close(closeCode.policyViolation, 'too many frames that make no sense');
            }
          },
          onClose: ({ code }) => {
            closes.inc({ code: knownCodes.has(code) ? code : 'other' });
            if (session) sessions.close(session);
          },
          onError: (event) => {
            // The close follows, and is what counts. Most are clients that break the protocol, which is theirs to mend.
            const { error } = event as Event & { error?: Error };
            log.debug({ player: identity?.id, reason: error?.message }, 'socket error');
          },
        };
      },
      // What a handler here throws would go to the console otherwise, past the log.
      { onError: (error) => log.error({ err: error }, 'socket handler failed') },
    ),
  );
}
