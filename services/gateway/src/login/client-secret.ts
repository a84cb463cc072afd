import * as oidc from 'openid-client';

/** Where the secret is in a request: in the header, which is the standard's default, or in the body. */
type Place = 'client_secret_basic' | 'client_secret_post';

/**
 * The secret by which the issuer knows us. Each issuer wants it in one of two places, many take it in both, and none says
 * which it wants from whom: the one where it was turned down is given up for the other.
 */
export class ClientSecret {
  readonly #by: Record<Place, oidc.ClientAuth>;
  #place: Place | undefined;

  constructor(secret: string) {
    this.#by = {
      client_secret_basic: oidc.ClientSecretBasic(secret),
      client_secret_post: oidc.ClientSecretPost(secret),
    };
  }

  /** Puts it into a request, as openid-client asks for it. */
  readonly add: oidc.ClientAuth = (server, ...request) =>
    this.#by[this.#placeFor(server)](server, ...request);

  /**
   * Asks the issuer for something, and once more if it did not know us by where the secret was.
   *
   * @throws whatever asking throws
   */
  async with<T>(server: oidc.ServerMetadata, ask: () => Promise<T>): Promise<T> {
    const tried = this.#placeFor(server);
    try {
      return await ask();
    } catch (error) {
      if (!isUnknownClient(error)) throw error;
      this.#place = tried === 'client_secret_basic' ? 'client_secret_post' : 'client_secret_basic';
      return await ask();
    }
  }

  #placeFor({ token_endpoint_auth_methods_supported: taken = [] }: oidc.ServerMetadata): Place {
    const isOnlyInBody = taken.includes('client_secret_post') && !taken.includes('client_secret_basic');
    this.#place ??= isOnlyInBody ? 'client_secret_post' : 'client_secret_basic';
    return this.#place;
  }
}

/** Some say it in the body, some in a header. */
const isUnknownClient = (error: unknown) =>
  error instanceof oidc.WWWAuthenticateChallengeError ||
  (error instanceof oidc.ResponseBodyError && error.error === 'invalid_client');
