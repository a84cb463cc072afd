import { type AuthOptions, GuestLogin, type Ticket } from '@overcookied/shared/api.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import type { Tokens } from '@overcookied/shared/tokens.ts';
import { Hono } from 'hono';
import { nanoid } from 'nanoid';
import { body } from '../request.ts';
import type { LoginCookie } from './login-cookie.ts';
import type { CountLogin } from './login-counter.ts';
import type { Tickets } from './tickets.ts';
import type { Visitors } from './visitors.ts';

interface Parts {
  tokens: Tokens;
  visitors: Visitors;
  tickets: Tickets;
  count: CountLogin;
  log: Logger;
  /** Absent where all players are guests. */
  signIn: { issuer: string; cookie: LoginCookie } | undefined;
}

/** Being somebody: `/auth/…`, but for signing in. */
export function authRoutes({ tokens, visitors, tickets, count, log, signIn }: Parts): Hono {
  return (
    new Hono()
      .post('/guest', body(GuestLogin), async (c) => {
        const { name } = c.req.valid('json');
        const session = await tokens.issue({ id: `guest_${nanoid()}`, name, picture: '', email: '' });
        count('guest', 'ok');
        return c.json(session);
      })
      .get('/options', async (c) => {
        const signedIn = signIn !== undefined && (await visitors.identify(c)) !== undefined;
        return c.json({ issuer: signIn?.issuer ?? null, signedIn } satisfies AuthOptions);
      })
      .get('/verify', visitors.required, (c) => {
        const { token, identity } = c.var.visitor;
        return c.json({ token, ...identity });
      })
      .post('/ticket', visitors.required, async (c) => {
        try {
          const ticket = await tickets.put(c.var.visitor.identity);
          return c.json({ ticket, expiresInMs: tickets.ttlMs } satisfies Ticket);
        } catch (error) {
          log.debug({ reason: (error as Error).message }, 'no ticket');
          return c.json({ error: 'no ticket can be made just now; please try again' }, 503);
        }
      })
      // A token is its client's to forget: nothing is kept here that could be ended.
      .post('/logout', (c) => {
        if (signIn?.cookie.read(c) !== undefined) {
          visitors.mustBeOfPage(c);
          signIn.cookie.clear(c);
        }
        return c.json({ status: 'logged out' });
      })
  );
}
