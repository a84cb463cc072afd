/** Tokens of which one is good, and the others nearly are. */
import fc from 'fast-check';
import { claimsOf, forge } from '../../support/jwt.ts';

export type TokenRecipe =
  | { kind: 'good' }
  /** The good one with one character changed, but for the last, whose bits do not all count. */
  | { kind: 'flipped'; at: number; to: string }
  | { kind: 'cut'; at: number }
  | { kind: 'other key'; key: string }
  | { kind: 'other header'; header: string; hash: string }
  | { kind: 'unsigned'; header: string }
  /** Rightly signed, but no token of a player. */
  | { kind: 'wrong claims'; changes: Record<string, unknown> }
  | { kind: 'nonsense'; text: string };

const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 120,
});
const base64url = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
const headers = [
  ...[
    '{"alg":"none"}',
    '{"alg":"None","typ":"JWT"}',
    '{"alg":"HS384"}',
    '{"alg":"HS512"}',
    '{"alg":"RS256"}',
    '{"alg":"ES256"}',
  ],
  ...[
    '{"alg":null}',
    '{"alg":["HS256"]}',
    '{"typ":"JWT"}',
    '{}',
    '[]',
    'null',
    '7',
    '{"alg":""}',
    '{"alg":"hs256"}',
  ],
  '{"alg":"none","jwk":{"kty":"oct","k":"AAAA"},"jku":"http://127.0.0.1:1/"}',
];
const wrongClaims = fc.oneof(
  fc.constantFrom<Record<string, unknown>>(
    { user_id: '' },
    { user_id: 7 },
    { user_id: null },
    { user_id: ['fuzz'] },
    { exp: 1 },
    { exp: 'tomorrow' },
    { exp: null },
    { nbf: 4_000_000_000 },
    { iss: 'somebody' },
    { iss: null },
    { name: 7 },
    { name: null },
    { picture: {} },
    { iat: 1.5 },
  ),
  fc
    .constantFrom('user_id', 'exp', 'nbf', 'iss', 'iat')
    .chain((claim) =>
      fc
        .oneof(
          fc.string({ maxLength: 0 }),
          fc.array(fc.nat(), { maxLength: 2 }),
          fc.boolean(),
          fc.constant(null),
        )
        .map((value) => ({ [claim]: value })),
    ),
);

export const tokenRecipe: fc.Arbitrary<TokenRecipe> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('good') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('flipped'),
      at: fc.nat(400),
      to: fc.constantFrom(...base64url, '.'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut'), at: fc.nat(300) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('other key'),
      key: fc.constantFrom('', 'secret', 'x'.repeat(64)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('other header'),
      header: fc.constantFrom(...headers),
      hash: fc.constantFrom('sha256', 'sha384', 'sha512'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unsigned'), header: fc.constantFrom(...headers) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wrong claims'), changes: wrongClaims }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('nonsense'), text: visible }) },
);

/** @returns the token, and whether it is good */
export function bake(recipe: TokenRecipe, id: string, secret: string): { token: string; isGood: boolean } {
  const claims = claimsOf(id);
  const good = forge(claims, secret);
  const bad = (token: string) => ({ token, isGood: false });
  switch (recipe.kind) {
    case 'good':
      return { token: good, isGood: true };
    case 'flipped': {
      const at = recipe.at % (good.length - 1);
      const token = good.slice(0, at) + recipe.to + good.slice(at + 1);
      return { token, isGood: token === good };
    }
    case 'cut':
      return bad(good.slice(0, recipe.at % good.length));
    case 'other key':
      return bad(forge(claims, recipe.key));
    case 'other header':
      return bad(forge(claims, secret, JSON.parse(recipe.header), recipe.hash));
    case 'unsigned':
      return bad(`${forge(claims, secret, JSON.parse(recipe.header)).split('.').slice(0, 2).join('.')}.`);
    case 'wrong claims':
      return bad(forge({ ...claims, ...recipe.changes }, secret));
    case 'nonsense':
      return bad(recipe.text);
  }
}
