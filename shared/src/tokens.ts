import { sign, verify } from 'hono/jwt';
import { Claims, type Session } from './api.ts';
import { nameFrom, pictureFrom } from './names.ts';

/** How long a session lasts, in s. */
export const sessionSeconds = 24 * 60 * 60;
const clockSkewSeconds = 30;
const issuer = 'overcookied';

/** Who somebody is: what a token says. */
export interface Identity {
  id: string;
  name: string;
  picture: string;
  email: string;
}

/** Practice bots' ids begin so: such a player meets nobody but by a practice code. */
export const botIdPrefix = 'bot_';

/** Issues and checks players' JWTs. All gateways share the secret, so that each accepts any other's tokens. */
export class Tokens {
  readonly #signing: string;
  readonly #accepted: string[];

  /** @param others keys whose tokens are accepted too, so that one can be replaced by another */
  constructor(secret: string, ...others: string[]) {
    this.#signing = secret;
    this.#accepted = [secret, ...others];
  }

  /** A session of 24 hours. */
  async issue({ id, name, picture, email }: Identity): Promise<Session> {
    // Dated back a little: the clock of the gateway that checks it may be behind.
    const now = Math.floor(Date.now() / 1000) - clockSkewSeconds;
    const claims: Claims = {
      user_id: id,
      email,
      name,
      picture,
      iss: issuer,
      iat: now,
      nbf: now,
      exp: now + sessionSeconds,
    };
    return { token: await sign(claims, this.#signing, 'HS256'), id, name, picture, email };
  }

  /** @returns undefined for a token that is missing, wrong or expired */
  async check(token: string | undefined): Promise<Identity | undefined> {
    if (!token) return undefined;
    for (const secret of this.#accepted) {
      try {
        const claims = Claims.parse(await verify(token, secret, { alg: 'HS256', iss: issuer }));
        // Whoever has the key may have cleaned less than is done here, as the Go original does.
        const [name, picture] = [nameFrom(claims.name), pictureFrom(claims.picture)];
        return { id: claims.user_id, name, picture, email: claims.email };
      } catch {
        // Why a token does not hold is of use only to whoever forges one.
      }
    }
    return undefined;
  }
}

/** The token of an `Authorization: Bearer …` header. */
export function bearerToken(header: string | undefined): string | undefined {
  return header?.match(/^Bearer +(\S+)$/i)?.[1];
}
