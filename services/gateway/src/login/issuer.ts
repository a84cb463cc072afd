import { Fresh } from '@overcookied/shared/fresh.ts';
import type { Identity } from '@overcookied/shared/tokens.ts';
import * as oidc from 'openid-client';
import { ClientSecret } from './client-secret.ts';
import type { Flow } from './flow.ts';
import type { SignIn } from './login-config.ts';
import { LoginFailure } from './login-failure.ts';
import { IssuerClaims, playerOf } from './player-of.ts';

/** For each request to the issuer, in s: somebody waits for it. */
const timeoutSeconds = 3;
/** What the issuer says of itself is asked for again after so long, in ms: it may change its keys and addresses. */
const freshMs = 3_600_000;

/**
 * The OpenID Connect issuer, asked in the authorization code flow. Nothing is asked before somebody signs in: gateways
 * start, and guests play, whether it is there or not.
 */
export class Issuer {
  /** What players know it by. */
  readonly name: string;
  readonly #redirectUri: string;
  readonly #secret: ClientSecret | undefined;
  readonly #known: Fresh<oidc.Configuration>;

  constructor(signIn: SignIn) {
    this.#secret = signIn.clientSecret === undefined ? undefined : new ClientSecret(signIn.clientSecret);
    this.name = signIn.issuer.host === 'accounts.google.com' ? 'Google' : signIn.issuer.host;
    this.#redirectUri = new URL('/auth/google/callback', signIn.publicUrl).href;
    this.#known = new Fresh(() => discover(signIn, this.#secret?.add ?? oidc.None()), freshMs);
  }

  /**
   * Where to send somebody to sign in, and what to keep until they come back.
   *
   * @throws LoginFailure when the issuer does not answer
   */
  async begin(from: Pick<Flow, 'returnTo' | 'challenge'>): Promise<{ address: URL; flow: Flow }> {
    const known = await this.#ask();
    const flow: Flow = {
      ...from,
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const address = oidc.buildAuthorizationUrl(known, {
      redirect_uri: this.#redirectUri,
      scope: 'openid profile email',
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
      code_challenge_method: 'S256',
    });
    return { address, flow };
  }

  /**
   * Who it is that has come back.
   *
   * @param query of the address that the issuer sent them back to
   * @throws LoginFailure that says why nobody is signed in
   */
  async finish(query: string, flow: Flow): Promise<Identity> {
    const address = new URL(this.#redirectUri);
    address.search = query;
    const known = await this.#ask();
    const server = known.serverMetadata();
    const redeem = () =>
      oidc.authorizationCodeGrant(known, address, {
        pkceCodeVerifier: flow.verifier,
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        idTokenExpected: true,
      });
    try {
      const answer = await (this.#secret?.with(server, redeem) ?? redeem());
      const { issuer, userinfo_endpoint } = server;
      const claims = IssuerClaims.parse(answer.claims());
      if (claims.name !== undefined || userinfo_endpoint === undefined) return playerOf(issuer, claims);
      // Many issuers tell of the profile only here.
      const told = await oidc.fetchUserInfo(known, answer.access_token, claims.sub);
      return playerOf(issuer, IssuerClaims.parse({ ...claims, ...told }));
    } catch (error) {
      throw failureOf(error);
    }
  }

  async #ask(): Promise<oidc.Configuration> {
    try {
      return await this.#known.read();
    } catch (error) {
      throw new LoginFailure('issuer_away', describe(error));
    }
  }
}

/** What the issuer says of itself. Tried twice: one lost connection is not worth a player's trouble. */
async function discover({ issuer, clientId }: SignIn, proof: oidc.ClientAuth): Promise<oidc.Configuration> {
  const once = () =>
    oidc.discovery(issuer, clientId, undefined, proof, {
      timeout: timeoutSeconds,
      execute: [
        // The token comes straight from the issuer; its signature says so even if somebody is in between.
        oidc.enableNonRepudiationChecks,
        // Only on this machine: the configuration takes no other http address.
        ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
      ],
    });
  return once().catch(once);
}

function failureOf(error: unknown): LoginFailure {
  const message = describe(error);
  if (error instanceof oidc.AuthorizationResponseError) {
    return new LoginFailure(error.error === 'access_denied' ? 'denied' : 'issuer_refused', message);
  }
  // The code is not valid any more, or we are not who the issuer knows.
  if (error instanceof oidc.ResponseBodyError || error instanceof oidc.WWWAuthenticateChallengeError) {
    return new LoginFailure('issuer_refused', message);
  }
  const code = codeOf(error);
  // Without a code it is fetch that failed; the others are what comes of no answer in time, and of one like 502.
  const ofConnection = [undefined, 'OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'];
  const isAway =
    (error instanceof TypeError || error instanceof oidc.ClientError) && ofConnection.includes(code);
  return new LoginFailure(isAway ? 'issuer_away' : 'bad_answer', message);
}

const codeOf = (error: unknown) => (error as { code?: string }).code;

/** For the log: what went wrong by its names, without the values, which are codes and tokens. */
function describe(error: unknown): string {
  const { message, cause } = error as Error;
  const { error: oauthError = '' } = error as { error?: string };
  return [
    message,
    codeOf(error),
    // It may have come by the player's browser.
    /^\w{1,40}$/.test(oauthError) && oauthError,
    cause instanceof Error && cause.message,
  ]
    .filter(Boolean)
    .join(': ');
}
