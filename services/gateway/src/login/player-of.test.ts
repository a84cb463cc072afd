import { expect, test } from 'vitest';
import { IssuerClaims, playerOf } from './player-of.ts';

const issuer = 'https://id.example.org';
const playerFrom = (claims: unknown, by = issuer) => playerOf(by, IssuerClaims.parse(claims));

test('a player is one by issuer and sub, and by nothing else', () => {
  const ada = playerFrom({ sub: 'ada', name: 'Ada', email: 'ada@example.org' });
  expect(ada.id).toMatch(/^oidc_[\w-]{22}$/);
  expect(playerFrom({ sub: 'ada', name: 'Ada L.', email: 'al@example.org' }).id).toBe(ada.id);
  expect(playerFrom({ sub: 'Ada', name: 'Ada', email: 'ada@example.org' }).id).not.toBe(ada.id);
  expect(playerFrom({ sub: 'ada', name: 'Ada' }, 'https://other.example.org').id).not.toBe(ada.id);
  // Where one ends and the other begins is no matter of a separator.
  expect(playerFrom({ sub: 'b"," c' }, 'a').id).not.toBe(playerFrom({ sub: 'c' }, 'a","b').id);
});

test.each([
  [{ name: 'Ada Lovelace' }, 'Ada Lovelace'],
  [{ name: ' Ada\u202e  Lovelace\u0000 ' }, 'Ada Lovelace'],
  [{ name: 'Augusta Ada King, Countess of Lovelace', given_name: 'Augusta Ada' }, 'Augusta Ada'],
  [{ name: 'Augusta Ada King, Countess of Lovelace' }, 'Augusta Ada King, Counte'],
  [{ name: '\u200b', given_name: 'Ada' }, 'Ada'],
  [{ given_name: 'Ada' }, 'Ada'],
  [{ name: 42, given_name: null }, 'Player'],
  [{}, 'Player'],
])('%j is called %s', (claims, name) => {
  expect(playerFrom({ sub: 'ada', ...claims }).name).toBe(name);
});

test('what cannot be shown or kept is left out', () => {
  const claims = {
    sub: 'ada',
    picture: 'http://example.org/ada.png',
    email: `${'a'.repeat(250)}@example.org`,
  };
  expect(playerFrom(claims)).toMatchObject({ picture: '', email: '' });
  expect(playerFrom({ sub: 'ada', picture: ['x'], email: {} })).toMatchObject({ picture: '', email: '' });
  expect(() => playerFrom({ name: 'Ada' })).toThrow();
});
