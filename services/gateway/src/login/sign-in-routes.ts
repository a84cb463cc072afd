import { createHash } from 'node:crypto';
import { LoginExchange } from '@overcookied/shared/api.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import { type Identity, sessionSeconds, type Tokens } from '@overcookied/shared/tokens.ts';
import { type Context, Hono } from 'hono';
import { body } from '../request.ts';
import { failurePage } from './failure-page.ts';
import { type Flow, type Flows, flowSeconds } from './flow.ts';
import type { Issuer } from './issuer.ts';
import type { LoginCookie } from './login-cookie.ts';
import type { CountLogin } from './login-counter.ts';
import { LoginFailure } from './login-failure.ts';
import { returnTo, withCode } from './return-to.ts';
import type { LoginCodes } from './tickets.ts';

interface Parts {
  issuer: Issuer;
  tokens: Tokens;
  flows: Flows;
  codes: LoginCodes;
  sessionCookie: LoginCookie;
  flowCookie: LoginCookie;
  publicUrl: URL;
  allowedOrigins: string[];
  count: CountLogin;
  log: Logger;
}

/** A SHA-256 in base64url, as PKCE has it. */
const challengePattern = /^[\w-]{43}$/;

/** Signing in with the issuer: `/auth/google/…`, whoever the issuer is, and `/auth/exchange`. */
export function signInRoutes(parts: Parts): Hono {
  const { issuer, tokens, flows, codes, sessionCookie, flowCookie, publicUrl, allowedOrigins, count, log } =
    parts;

  return new Hono()
    .get('/google/login', async (c) => {
      const { return_to = '/', challenge } = c.req.query();
      const target = returnTo(return_to, publicUrl, allowedOrigins);
      if (!target) return fail(c, new LoginFailure('bad_request', 'return_to is not of an allowed origin'));
      if (!target.isOwn && !challengePattern.test(challenge ?? '')) {
        return fail(c, new LoginFailure('bad_request', 'another origin must send a challenge'), target.href);
      }
      try {
        const { address, flow } = await issuer.begin({
          returnTo: target.href,
          challenge: target.isOwn ? undefined : challenge,
        });
        flowCookie.set(c, await flows.seal(flow), flowSeconds);
        return c.redirect(address.href);
      } catch (error) {
        return fail(c, error, target.href);
      }
    })
    .get('/google/callback', async (c) => {
      const flow = await flows.open(flowCookie.read(c) ?? '');
      if (!flow) return fail(c, new LoginFailure('expired', 'this browser has no flow, or an old one'));
      if (c.req.query('state') !== flow.state) {
        // The flow that this browser is in goes on: anybody can send it here with a made-up state.
        return fail(
          c,
          new LoginFailure('foreign', 'the answer has the state of another flow'),
          flow.returnTo,
        );
      }
      flowCookie.clear(c);
      try {
        const player = await issuer.finish(new URL(c.req.url).search, flow);
        const address = await letIn(c, player, flow);
        count('oidc', 'ok');
        log.info({ player: player.id }, 'signed in');
        return c.redirect(address);
      } catch (error) {
        return fail(c, error, flow.returnTo);
      }
    })
    .post('/exchange', body(LoginExchange), async (c) => {
      const { code, verifier } = c.req.valid('json');
      let login: Awaited<ReturnType<LoginCodes['take']>>;
      try {
        login = await codes.take(code);
      } catch (error) {
        log.debug({ reason: (error as Error).message }, 'no exchange');
        return c.json({ error: 'the code cannot be looked up just now; please sign in again' }, 503);
      }
      if (login?.challenge !== s256(verifier)) {
        count('code', 'expired');
        return c.json(
          { error: 'the code is wrong, used, older than a minute, or not for this verifier' },
          401,
        );
      }
      count('code', 'ok');
      return c.json(await tokens.issue(login.identity));
    });

  /** @returns where to go from here. Our own page is known by its cookie; another one has to ask who it is. */
  async function letIn(c: Context, player: Identity, { returnTo, challenge }: Flow): Promise<string> {
    if (challenge !== undefined) return withCode(returnTo, await codes.put({ identity: player, challenge }));
    sessionCookie.set(c, (await tokens.issue(player)).token, sessionSeconds);
    return returnTo;
  }

  function fail(c: Context, error: unknown, backTo = publicUrl.href): Response | Promise<Response> {
    const failure =
      error instanceof LoginFailure ? error : new LoginFailure('unavailable', (error as Error).message);
    count('oidc', failure.why);
    // Whoever makes links up, says no, or takes too long is nobody whom an operator could help.
    log[failure.status < 500 ? 'debug' : 'warn'](
      { cause: failure.why, reason: failure.message },
      'sign-in failed',
    );
    return failurePage(c, failure, backTo);
  }
}

const s256 = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');
