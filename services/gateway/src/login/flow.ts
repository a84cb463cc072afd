/** What a browser keeps for the gateways while its player is away at the issuer: any of them may be the one that goes on. */
import { hkdfSync } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import * as z from 'zod/mini';

const Flow = z.object({
  /** Comes back with the answer, which is thereby one to this browser's question. */
  state: z.string(),
  /** Is in the token that the issuer makes, which is thereby made for this sign-in. */
  nonce: z.string(),
  /** PKCE's: the code that comes back is of no use without it. */
  verifier: z.string(),
  /** Where the player came from. */
  returnTo: z.string(),
  /** Of a page on another origin: what proves that it is the one that asked. */
  challenge: z.optional(z.string()),
});
export type Flow = z.infer<typeof Flow>;

/** How long a player may take to sign in at the issuer, in s. */
export const flowSeconds = 600;

/** Gateways' clocks differ a little. */
const clockTolerance = 30;
const encryption = { alg: 'dir', enc: 'A256GCM' };

/** Seals flows, so that only gateways can read or make one. */
export class Flows {
  readonly #sealing: Uint8Array;
  readonly #opening: Uint8Array[];

  /** @param secrets the keys of players' tokens, as `Tokens` takes them */
  constructor(...secrets: readonly [string, ...string[]]) {
    this.#sealing = keyFrom(secrets[0]);
    this.#opening = secrets.map(keyFrom);
  }

  seal(flow: Flow): Promise<string> {
    return new EncryptJWT(flow)
      .setProtectedHeader(encryption)
      .setExpirationTime(`${flowSeconds}s`)
      .encrypt(this.#sealing);
  }

  /** @returns undefined for what no gateway has sealed, or too long ago */
  async open(sealed: string): Promise<Flow | undefined> {
    for (const key of this.#opening) {
      try {
        const { payload } = await jwtDecrypt(sealed, key, {
          keyManagementAlgorithms: [encryption.alg],
          contentEncryptionAlgorithms: [encryption.enc],
          requiredClaims: ['exp'],
          clockTolerance,
        });
        return Flow.parse(payload);
      } catch {
        // Why it does not open is of use only to whoever forges one.
      }
    }
    return undefined;
  }
}

/** A key of its own: what is sealed here is never taken for a token. */
const keyFrom = (secret: string) =>
  new Uint8Array(hkdfSync('sha256', secret, '', 'overcookied sign-in flow', 32));
