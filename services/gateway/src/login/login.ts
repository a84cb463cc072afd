/** Who players are: guests, and those who sign in with an OpenID Connect issuer. */
import type { Logger } from '@overcookied/shared/log.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import type { Tokens } from '@overcookied/shared/tokens.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { Hono } from 'hono';
import { authRoutes } from './auth-routes.ts';
import type { SignIn } from './login-config.ts';
import { LoginCookie } from './login-cookie.ts';
import { countLogins } from './login-counter.ts';
import { loginCodes, type Tickets, tickets } from './tickets.ts';
import { Visitors } from './visitors.ts';

interface Parts {
  tokens: Tokens;
  /** The keys of `tokens`. */
  secrets: readonly [string, ...string[]];
  valkey: Valkey;
  /** Absent where all players are guests. */
  signIn: SignIn | undefined;
  allowedOrigins: string[];
  metrics: Metrics;
  log: Logger;
}

export interface Login {
  visitors: Visitors;
  tickets: Tickets;
  /** For `/auth`. */
  routes: Hono;
}

/** Sets up what `/auth` answers, and how all others find out who asks. */
export async function createLogin(parts: Parts): Promise<Login> {
  const { tokens, secrets, valkey, signIn, allowedOrigins, metrics, log } = parts;
  const count = countLogins(metrics);
  const sessionCookie = signIn && new LoginCookie('overcookied', signIn.publicUrl);
  const visitors = new Visitors({ tokens, cookie: sessionCookie, allowedOrigins });
  const own = { tokens, visitors, tickets: tickets(valkey), count, log };
  const routes = new Hono().use(async (c, next) => {
    await next();
    // What is answered here is secret, and some addresses are.
    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', 'no-referrer');
  });
  if (!signIn || !sessionCookie) {
    routes.route('/', authRoutes({ ...own, signIn: undefined }));
  } else {
    // Loaded only where it is on.
    const [{ Flows }, { Issuer }, { signInRoutes }] = await Promise.all([
      import('./flow.ts'),
      import('./issuer.ts'),
      import('./sign-in-routes.ts'),
    ]);
    const issuer = new Issuer(signIn);
    routes.route('/', authRoutes({ ...own, signIn: { issuer: issuer.name, cookie: sessionCookie } }));
    routes.route(
      '/',
      signInRoutes({
        issuer,
        tokens,
        flows: new Flows(...secrets),
        codes: loginCodes(valkey),
        sessionCookie,
        flowCookie: new LoginCookie('overcookied-sign-in', signIn.publicUrl),
        publicUrl: signIn.publicUrl,
        allowedOrigins,
        count,
        log,
      }),
    );
  }
  return { visitors, tickets: own.tickets, routes };
}
