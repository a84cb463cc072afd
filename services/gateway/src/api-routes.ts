import { HistoryQuery, LeaderboardQuery } from '@overcookied/shared/api.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import { bearerToken, type Tokens } from '@overcookied/shared/tokens.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { readHistory, readLeaderboard, readProfile } from './records.ts';
import { query } from './request.ts';

/** What is recorded of matches: `/api/…`. */
export function apiRoutes(records: Valkey, tokens: Tokens, log: Logger): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ error: error.message }, error.status);
    // The game goes on without the records; the connection has said in the log that they are not reachable.
    log.debug({ reason: error.message, path: c.req.path }, 'no records');
    return c.json({ error: 'the records cannot be read just now; please try again' }, 503);
  });
  return app
    .get('/leaderboard', query(LeaderboardQuery), async (c) => {
      const { board, limit } = c.req.valid('query');
      return c.json(await readLeaderboard(records, board, limit));
    })
    .get('/profile', async (c) => {
      const identity = await tokens.check(bearerToken(c.req.header('Authorization')));
      if (!identity) return c.json({ error: 'the token is missing, wrong or expired' }, 401);
      return c.json(await readProfile(records, identity));
    })
    .get('/history', query(HistoryQuery), async (c) => {
      const identity = await tokens.check(bearerToken(c.req.header('Authorization')));
      if (!identity) return c.json({ error: 'the token is missing, wrong or expired' }, 401);
      const { userId } = c.req.valid('query');
      if (userId !== undefined && userId !== identity.id) {
        return c.json({ error: 'userId must be your own: a history is its player’s' }, 403);
      }
      return c.json(await readHistory(records, identity.id));
    });
}
