import { GuestLogin } from '@overcookied/shared/api.ts';
import { bearerToken, type Tokens } from '@overcookied/shared/tokens.ts';
import { Hono } from 'hono';
import { nanoid } from 'nanoid';
import { body } from './request.ts';

/** Logging in and out: `/auth/…`. */
export function authRoutes(tokens: Tokens): Hono {
  return (
    new Hono()
      .post('/guest', body(GuestLogin), async (c) => {
        const { name } = c.req.valid('json');
        return c.json(await tokens.issue({ id: `guest_${nanoid()}`, name, picture: '', email: '' }));
      })
      .get('/verify', async (c) => {
        const token = bearerToken(c.req.header('Authorization'));
        const identity = await tokens.check(token);
        if (!token || !identity) return c.json({ error: 'the token is missing, wrong or expired' }, 401);
        return c.json({ token, ...identity });
      })
      // A token is the client's to forget: nothing is kept here that could be ended.
      .post('/logout', (c) => c.json({ status: 'logged out' }))
  );
}
