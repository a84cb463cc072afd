import type { Identity, Tokens } from '@overcookied/shared/tokens.ts';
import { bearerToken } from '@overcookied/shared/tokens.ts';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { isAllowedOrigin } from '../origin.ts';
import type { LoginCookie } from './login-cookie.ts';

/** Somebody who has said who they are. */
export interface Visitor {
  identity: Identity;
  token: string;
}

interface Parts {
  tokens: Tokens;
  /** Holds the token of who has signed in; absent where players are guests. */
  cookie: LoginCookie | undefined;
  allowedOrigins: string[];
}

/** Tells who asks: by `Authorization: Bearer …`, which a client adds, or by the cookie, which a browser adds. */
export class Visitors {
  readonly #parts: Parts;
  /** Lets in only whom it knows, and tells the route who it is. */
  readonly required;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.required = createMiddleware<{ Variables: { visitor: Visitor } }>(async (c, next) => {
      const visitor = await this.identify(c);
      if (!visitor) return c.json({ error: 'the token is missing, wrong or expired' }, 401);
      c.set('visitor', visitor);
      return next();
    });
  }

  /**
   * @returns undefined for whoever has not said who they are, or not truly
   * @throws HTTPException 403 for what another site may have had the browser do
   */
  async identify(c: Context): Promise<Visitor | undefined> {
    const { tokens, cookie } = this.#parts;
    const header = c.req.header('Authorization');
    const token = header === undefined ? cookie?.read(c) : bearerToken(header);
    const identity = await tokens.check(token);
    if (!token || !identity) return undefined;
    if (header === undefined && c.req.method !== 'GET') this.mustBeOfPage(c);
    return { identity, token };
  }

  /**
   * Browsers send the cookie with whatever another host of this domain has them send, but say where it comes from.
   *
   * @throws HTTPException 403 unless it comes from our page, or that of an allowed origin
   */
  mustBeOfPage(c: Context): void {
    const origin = c.req.header('Origin');
    if (origin !== undefined && isAllowedOrigin(origin, c.req.header('Host'), this.#parts.allowedOrigins))
      return;
    throw new HTTPException(403, { message: 'by cookie this is for pages of allowed origins only' });
  }
}
