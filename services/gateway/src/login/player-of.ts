import { createHash } from 'node:crypto';
import { PlayerName } from '@overcookied/shared/api.ts';
import { nameFrom, pictureFrom } from '@overcookied/shared/names.ts';
import type { Identity } from '@overcookied/shared/tokens.ts';
import * as z from 'zod/mini';

/** Who has what they like here is still somebody. */
const lax = z.catch(z.optional(z.string()), undefined);

/** What an issuer says of somebody. Only `sub` is sure to be there. */
export const IssuerClaims = z.object({
  sub: z.string(),
  name: lax,
  given_name: lax,
  picture: lax,
  email: lax,
});
export type IssuerClaims = z.infer<typeof IssuerClaims>;

/** As long as an address may be; the whole token travels in a cookie. */
const maxEmailLength = 254;

/**
 * The player that somebody is who signs in: the same whenever the same issuer says the same `sub`. Nothing of either can
 * be read from the id, which others see.
 */
export function playerOf(issuer: string, { sub, name, given_name, picture, email }: IssuerClaims): Identity {
  const hash = createHash('sha256')
    .update(JSON.stringify([issuer, sub]))
    .digest('base64url');
  // A first name is nicer than a name that breaks off.
  const fits = [name, given_name].find((each) => PlayerName.safeParse(each).success);
  return {
    id: `oidc_${hash.slice(0, 22)}`,
    name: nameFrom(fits ?? name ?? ''),
    picture: pictureFrom(picture ?? ''),
    email: email !== undefined && email.length <= maxEmailLength ? email : '',
  };
}
