import type { Health } from '@overcookied/shared/health.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import type { Served } from '@overcookied/shared/runtime/bindings.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import type { Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import { apiRoutes } from './api-routes.ts';
import type { Gate } from './limits/gate.ts';
import type { Lobby } from './lobby.ts';
import type { Login } from './login/login.ts';
import { webClient } from './web-client.ts';

const mostBodyBytes = 4_096;

/** What is one player's is not kept on the way. */
const noStore: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
};

interface Parts {
  gate: Gate;
  login: Login;
  matches: Valkey;
  records: Valkey;
  lobby: Lobby;
  health: Health;
  metrics: Metrics;
  log: Logger;
  allowedOrigins: string[];
}

/** Adds everything but the WebSocket: login, records, health, and the web client at `/`. */
export function httpRoutes(
  app: Hono<Served>,
  { gate, login, matches, records, lobby, health, metrics, log, allowedOrigins }: Parts,
): void {
  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ error: error.message }, error.status);
    // Who breaks off in the middle of a request has no answer to wait for, and is no fault of ours.
    if (c.req.raw.signal.aborted) return c.json({ error: 'the request broke off' }, 400);
    log.error({ err: error, path: c.req.path }, 'request failed');
    return c.json({ error: 'something went wrong here; please try again' }, 500);
  });
  app.notFound((c) => c.json({ error: `there is nothing at ${c.req.path}` }, 404));

  app.route('/', health.routes(metrics));
  app.get('/health', (c) => c.json({ status: 'healthy' }));

  const guards = [
    cors({
      origin: allowedOrigins,
      credentials: true,
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['Authorization', 'Content-Type'],
      exposeHeaders: ['Retry-After'],
      maxAge: 600,
    }),
    gate.requests,
    bodyLimit({
      maxSize: mostBodyBytes,
      onError: (c) => {
        gate.refusals.add('bodyBytes', gate.clients.of(c).address);
        return c.json({ error: `the body must be at most ${mostBodyBytes} bytes` }, 413);
      },
    }),
  ];
  app.use('/auth/*', ...guards);
  app.use('/api/*', ...guards);
  app.post('/auth/guest', gate.guests);
  for (const path of ['/api/profile', '/api/history', '/api/place']) app.use(path, noStore);
  app.route('/auth', login.routes);
  app.route('/api', apiRoutes({ matches, records, lobby }, login.visitors, log));

  webClient(app, log);
}
