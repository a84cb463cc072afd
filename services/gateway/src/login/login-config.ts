/** The variables that turn on signing in with an OpenID Connect issuer. */
import * as z from 'zod/mini';

const google = 'https://accounts.google.com';

const isLoopback = ({ hostname }: URL) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);

/** What is signed in by must not be readable on the way: https, unless it does not leave this machine. */
const isSafe = (url: URL) => url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));

const SafeUrl = (isRight: (url: URL, text: string) => boolean, what: string) =>
  z.pipe(
    z.string().check(
      z.refine((text) => {
        const url = URL.parse(text);
        return url !== null && isSafe(url) && isRight(url, text);
      }, what),
    ),
    z.transform((text) => new URL(text)),
  );

const Issuer = SafeUrl(
  ({ search, hash, username }) => search === '' && hash === '' && username === '',
  `must be the issuer's https address, like ${google} (http only on this machine)`,
);

const PublicUrl = SafeUrl(
  ({ origin }, text) => text === origin || text === `${origin}/`,
  'must be where players find the page, https and without a path, like https://play.example.org (http only on this machine)',
);

export const loginVariables = {
  OIDC_ISSUER: z.optional(Issuer),
  OIDC_CLIENT_ID: z.optional(z.string()),
  OIDC_CLIENT_SECRET: z.optional(z.string()),
  PUBLIC_URL: z.optional(PublicUrl),
};

/** Where, and as whom, players are sent to sign in. */
export interface SignIn {
  issuer: URL;
  clientId: string;
  /** Absent for a client that has none, and is known by its redirect address and PKCE alone. */
  clientSecret: string | undefined;
  /** The page's own origin: where the issuer sends players back to. */
  publicUrl: URL;
}

interface Variables {
  OIDC_ISSUER?: URL | undefined;
  OIDC_CLIENT_ID?: string | undefined;
  OIDC_CLIENT_SECRET?: string | undefined;
  PUBLIC_URL?: URL | undefined;
}

/**
 * What the variables say together.
 *
 * @param missing is told of a variable that the others need
 * @returns undefined where players are guests
 */
export function signInOf(
  { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, PUBLIC_URL }: Variables,
  missing: (variable: string, why: string) => void,
): SignIn | undefined {
  if (OIDC_CLIENT_ID === undefined) {
    if (OIDC_ISSUER ?? OIDC_CLIENT_SECRET) {
      missing(
        'OIDC_CLIENT_ID',
        'is required with OIDC_ISSUER and OIDC_CLIENT_SECRET: the issuer gives it out',
      );
    }
    return undefined;
  }
  if (!PUBLIC_URL) {
    missing('PUBLIC_URL', 'is required with OIDC_CLIENT_ID: the issuer sends players back to it');
    return undefined;
  }
  return {
    issuer: OIDC_ISSUER ?? new URL(google),
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    publicUrl: PUBLIC_URL,
  };
}
