import { HistoryQuery, LeaderboardQuery, PlaceQuery } from '@overcookied/shared/api.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Lobby } from './lobby.ts';
import type { Visitors } from './login/visitors.ts';
import { answerRecording } from './recordings.ts';
import { readHistory, readLeaderboard, readPlace, readProfile } from './records.ts';
import { query } from './request.ts';

/** What is known of players and matches: `/api/…`. */
export function apiRoutes(
  { matches, records, lobby }: { matches: Valkey; records: Valkey; lobby: Lobby },
  visitors: Visitors,
  log: Logger,
): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ error: error.message }, error.status);
    // The connection has said in the log that it cannot be reached; without the records the game goes on.
    log.debug({ reason: error.message, path: c.req.path }, 'could not read what was asked for');
    return c.json({ error: 'the records, or what goes on, cannot be read just now; please try again' }, 503);
  });
  return app
    .get('/lobby', async (c) => c.json(await lobby.news()))
    .get('/leaderboard', query(LeaderboardQuery), async (c) => {
      const { board, limit } = c.req.valid('query');
      return c.json(await readLeaderboard(records, board, limit));
    })
    .get('/place', visitors.required, query(PlaceQuery), async (c) => {
      return c.json(await readPlace(records, c.req.valid('query').board, c.var.visitor.identity.id));
    })
    .get('/profile', visitors.required, async (c) => {
      return c.json(await readProfile(records, c.var.visitor.identity));
    })
    .get('/history', visitors.required, query(HistoryQuery), async (c) => {
      const { identity } = c.var.visitor;
      const { userId } = c.req.valid('query');
      if (userId !== undefined && userId !== identity.id) {
        return c.json({ error: 'userId must be your own: a history is its player’s' }, 403);
      }
      return c.json(await readHistory(records, identity.id));
    })
    .get('/matches/:roomId/recording', answerRecording({ matches, records, log }));
}
