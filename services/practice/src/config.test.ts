import { readConfig } from '@overcookied/shared/config.ts';
import { describe, expect, test } from 'vitest';
import { PracticeConfig } from './config.ts';

const JWT_SECRET = 'a secret of the tests which is long enough';
const read = (env: Record<string, string>) => readConfig(PracticeConfig, env);

describe('PracticeConfig', () => {
  test('needs no more than the key', () => {
    expect(read({ JWT_SECRET })).toMatchObject({
      PORT: 8_083,
      GATEWAY_URL: 'http://127.0.0.1:8080',
      PRACTICE_BOTS: 50,
    });
  });

  test.each([
    ['http://gateway:8080/', 'http://gateway:8080'],
    ['https://play.example.org', 'https://play.example.org'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('takes the gateway %s', (url, origin) => {
    expect(read({ JWT_SECRET, GATEWAY_URL: url }).GATEWAY_URL).toBe(origin);
  });

  test.each([
    [{}, "JWT_SECRET: is required: the gateways' key"],
    [{ JWT_SECRET: '' }, "JWT_SECRET: is required: the gateways' key"],
    [{ JWT_SECRET: 'short' }, 'JWT_SECRET: must be at least 32 bytes long'],
    ...[
      'gateway:8080',
      'ws://gateway:8080',
      'http://',
      'http://a:b@gateway',
      'http://gateway/x',
      'http://a:99999',
    ].map((GATEWAY_URL): [Record<string, string>, string] => [
      { JWT_SECRET, GATEWAY_URL },
      'GATEWAY_URL: must be the address of a gateway like http://127.0.0.1:8080',
    ]),
    [{ JWT_SECRET, PRACTICE_BOTS: 'many' }, 'PRACTICE_BOTS: must be a number'],
    [{ JWT_SECRET, PRACTICE_BOTS: '0' }, 'PRACTICE_BOTS: '],
    [{ JWT_SECRET, PRACTICE_BOTS: '1001' }, 'PRACTICE_BOTS: '],
  ] as [Record<string, string>, string][])('says what is wrong with %j', (env, message) => {
    expect(() => read(env)).toThrow(message);
  });
});
