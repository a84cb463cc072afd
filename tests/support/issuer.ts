import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Provider } from 'oidc-provider';
import { findFreePort } from '../../dev/system/ports.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const signingKey = { ...privateKey.export({ format: 'jwk' }), kid: 'tests', use: 'sig', alg: 'RS256' };

export const clientId = 'overcookied';
export const clientSecret = 'a-client-secret-of-the-tests';

/** What it says of whoever signs in; the login is the `sub`. */
export type Profile = Record<string, unknown>;

interface Options {
  /** Of the gateways' page. */
  publicUrl: string;
  /** Whether the profile is in the ID token, as with Google, or has to be asked for, as the standard has it. */
  profileInToken?: boolean;
  /** Whether it wants the client's secret in the body, and takes it nowhere else. */
  secretInBody?: boolean;
}

/** An OpenID Connect issuer, with a login form that takes everybody at their word. */
export class TestIssuer {
  readonly url: string;
  /** Login → what is known of whoever it is. */
  readonly profiles = new Map<string, Profile>();
  /** Changes an ID token on its way to the gateway. */
  tamper: ((token: string) => string) | undefined;
  readonly #server: Server;

  private constructor(port: number, { publicUrl, profileInToken = false, secretInBody = false }: Options) {
    this.url = `http://127.0.0.1:${port}`;
    const provider = new Provider(this.url, {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [`${publicUrl}/auth/google/callback`],
        },
      ],
      claims: { openid: ['sub'], email: ['email'], profile: ['name', 'given_name', 'picture'] },
      findAccount: (_context, login) => ({
        accountId: login,
        claims: () => ({ ...this.profiles.get(login), sub: login }),
      }),
      conformIdTokenClaims: !profileInToken,
      pkce: { required: () => true },
      jwks: { keys: [signingKey] },
      cookies: { keys: ['a key of the tests'] },
      ttl: {
        AccessToken: 600,
        AuthorizationCode: 60,
        Grant: 600,
        IdToken: 600,
        Interaction: 600,
        Session: 600,
      },
    });
    provider.use(async (context, next) => {
      if (context.path === '/favicon.ico') {
        context.status = 204;
        return;
      }
      if (secretInBody && context.path === '/token' && context.get('authorization') !== '') {
        // It takes either, whatever it knows of a client; there are issuers that do not.
        context.status = 401;
        context.body = { error: 'invalid_client' };
      } else {
        await next();
      }
      // As RFC 6749 asks of an issuer that turns a client down; this one does not.
      if (context.path === '/token' && context.status === 401) {
        context.set('WWW-Authenticate', 'Basic realm="issuer"');
      }
      const { body } = context as { body?: unknown };
      if (typeof body === 'string') {
        // Its pages want a font from another host, which a browser of the tests does not reach.
        context.body = body.replace(/@import url\([^)]*\);/, '');
      } else if (this.tamper && isTokenAnswer(body)) {
        body.id_token = this.tamper(body.id_token);
      }
    });
    this.#server = createServer(provider.callback());
  }

  static async start(options: Options): Promise<TestIssuer> {
    const port = await findFreePort();
    const issuer = new TestIssuer(port, options);
    await issuer.listen();
    return issuer;
  }

  /** What gateways need in their environment to sign players in here. */
  env(publicUrl: string): Record<string, string> {
    return {
      PUBLIC_URL: publicUrl,
      OIDC_ISSUER: this.url,
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
    };
  }

  async listen(): Promise<void> {
    this.#server.listen(Number(new URL(this.url).port), '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }
}

const isTokenAnswer = (body: unknown): body is { id_token: string } =>
  typeof body === 'object' && body !== null && 'id_token' in body;
