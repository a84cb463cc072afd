import type { Health } from '@overcookied/shared/health.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import type { Served } from '@overcookied/shared/runtime/bindings.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { apiRoutes } from './api-routes.ts';
import type { Login } from './login/login.ts';
import { webClient } from './web-client.ts';

const mostBodyBytes = 4_096;

const headers = {
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    // 'self' covers WebSockets of the same origin in today's browsers, but not in Safari before 15.4.
    connectSrc: ["'self'", 'ws:', 'wss:'],
    imgSrc: ["'self'", 'https:', 'data:'],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
};

interface Parts {
  login: Login;
  records: Valkey;
  health: Health;
  metrics: Metrics;
  log: Logger;
  allowedOrigins: string[];
}

/** Adds everything but the WebSocket: login, records, health, and the web client at `/`. */
export function httpRoutes(
  app: Hono<Served>,
  { login, records, health, metrics, log, allowedOrigins }: Parts,
): void {
  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ error: error.message }, error.status);
    log.error({ err: error, path: c.req.path }, 'request failed');
    return c.json({ error: 'something went wrong here; please try again' }, 500);
  });
  app.notFound((c) => c.json({ error: `there is nothing at ${c.req.path}` }, 404));

  app.route('/', health.routes(metrics));
  app.get('/health', (c) => c.json({ status: 'healthy' }));

  const guards = [
    cors({ origin: allowedOrigins, allowHeaders: ['Authorization', 'Content-Type'], maxAge: 600 }),
    bodyLimit({
      maxSize: mostBodyBytes,
      onError: (c) => c.json({ error: `the body must be at most ${mostBodyBytes} bytes` }, 413),
    }),
  ];
  app.use('/auth/*', ...guards);
  app.use('/api/*', ...guards);
  app.route('/auth', login.routes);
  app.route('/api', apiRoutes(records, login.visitors, log));

  app.use('/*', compress(), secureHeaders(headers));
  webClient(app, log);
}
