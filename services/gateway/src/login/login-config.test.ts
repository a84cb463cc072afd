import { readConfig } from '@overcookied/shared/config.ts';
import { expect, test } from 'vitest';
import { GatewayConfig } from '../config.ts';

const signInBy = (env: Record<string, string>) => readConfig(GatewayConfig, env).signIn;
const client = { OIDC_CLIENT_ID: 'client', PUBLIC_URL: 'https://play.example.org' };

test('players are guests unless there is a client id, and sign in with Google unless it says otherwise', () => {
  expect(signInBy({})).toBeUndefined();
  expect(signInBy({ PUBLIC_URL: client.PUBLIC_URL })).toBeUndefined();
  expect(signInBy(client)).toEqual({
    issuer: new URL('https://accounts.google.com'),
    clientId: 'client',
    clientSecret: undefined,
    publicUrl: new URL('https://play.example.org'),
  });
  const other = {
    ...client,
    OIDC_ISSUER: 'https://id.example.org/realms/game',
    OIDC_CLIENT_SECRET: 'secret',
  };
  expect(signInBy(other)).toMatchObject({
    issuer: new URL('https://id.example.org/realms/game'),
    clientSecret: 'secret',
  });
});

test.each(['http://localhost:8080', 'http://127.0.0.1:8080/', 'http://[::1]:8080'])(
  '%s needs no TLS, since it does not leave the machine',
  (url) => {
    const { issuer, publicUrl } = signInBy({ ...client, OIDC_ISSUER: url, PUBLIC_URL: url }) ?? {};
    expect([issuer?.href, publicUrl?.href]).toEqual([new URL(url).href, new URL(url).href]);
  },
);

test.each<[Record<string, string>, string]>([
  [{ OIDC_CLIENT_ID: 'client' }, 'PUBLIC_URL: is required with OIDC_CLIENT_ID'],
  [{ OIDC_ISSUER: 'https://id.example.org' }, 'OIDC_CLIENT_ID: is required with OIDC_ISSUER'],
  [{ OIDC_CLIENT_SECRET: 'a-secret' }, 'OIDC_CLIENT_ID: is required with OIDC_ISSUER'],
  [{ ...client, OIDC_ISSUER: 'http://id.example.org' }, "OIDC_ISSUER: must be the issuer's https address"],
  [{ ...client, OIDC_ISSUER: 'id.example.org' }, "OIDC_ISSUER: must be the issuer's https address"],
  [{ ...client, OIDC_ISSUER: 'https://id.example.org?x' }, "OIDC_ISSUER: must be the issuer's https address"],
  [{ ...client, PUBLIC_URL: 'http://play.example.org' }, 'PUBLIC_URL: must be where players find the page'],
  [
    { ...client, PUBLIC_URL: 'https://play.example.org/game' },
    'PUBLIC_URL: must be where players find the page',
  ],
  [{ ...client, PUBLIC_URL: 'javascript:1' }, 'PUBLIC_URL: must be where players find the page'],
])('%j is refused', (env, message) => {
  expect(() => signInBy(env)).toThrow(message);
  expect(() => signInBy(env)).not.toThrow('a-secret');
});

test.each<[string, string | undefined]>([
  ['k'.repeat(32), undefined],
  [`${'k'.repeat(32)},${'l'.repeat(32)}`, undefined],
  ['a-short-one', 'JWT_SECRET: must be at least 32 bytes long'],
  [
    `${'k'.repeat(32)},a-short-one,${'l'.repeat(32)}`,
    'JWT_SECRET: key 2 of 3 must be at least 32 bytes long',
  ],
  [`${'k'.repeat(32)},`, 'JWT_SECRET: key 2 of 2 must be at least 32 bytes long'],
])('the keys %s are taken, or refused without being told', (JWT_SECRET, message) => {
  if (message === undefined) {
    expect(readConfig(GatewayConfig, { JWT_SECRET }).JWT_SECRET).toEqual(JWT_SECRET.split(','));
    return;
  }
  expect(() => readConfig(GatewayConfig, { JWT_SECRET })).toThrow(message);
  expect(() => readConfig(GatewayConfig, { JWT_SECRET })).not.toThrow(/a-short-one|kkk/);
});
