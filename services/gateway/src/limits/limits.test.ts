import { readConfig } from '@overcookied/shared/config.ts';
import { expect, test } from 'vitest';
import { GatewayConfig } from '../config.ts';

const JWT_SECRET = 'a secret of the tests that nobody has to keep';

test('addresses are counted in production only, and whatever is said holds everywhere', () => {
  const { LIMITS } = readConfig(GatewayConfig, {});
  expect(LIMITS).toMatchObject({
    connectionsPerAddress: null,
    guestsPerAddress: null,
    requestsPerAddress: null,
  });
  expect(LIMITS).toMatchObject({ connectsPerPlayer: 120, framesPerSecond: 60, frameBurst: 600 });
  const production = { NODE_ENV: 'production', JWT_SECRET };
  expect(readConfig(GatewayConfig, production).LIMITS).toMatchObject({
    connectionsPerAddress: 500,
    guestsPerAddress: 120,
    requestsPerAddress: 3_000,
  });
  const said = '{"guestsPerAddress":null,"connectionsPerAddress":7}';
  expect(readConfig(GatewayConfig, { ...production, LIMITS: said }).LIMITS).toMatchObject({
    connectionsPerAddress: 7,
    guestsPerAddress: null,
    requestsPerAddress: 3_000,
  });
});

test.each([
  ['LIMITS', '{"guestsPerMinute":1}', /LIMITS: .*guestsPerMinute/],
  ['LIMITS', '{"guestsPerAddress":0}', /LIMITS.guestsPerAddress: .*1/],
  ['LIMITS', '{"headersMs":60000}', /LIMITS.headersMs: .*30000/],
  ['LIMITS', 'many', /LIMITS: must be JSON/],
  ['TRUSTED_PROXIES', 'haproxy', /TRUSTED_PROXIES: must be a comma list of addresses and networks/],
])('%s=%s is refused with what is wrong', (name, value, message) => {
  expect(() => readConfig(GatewayConfig, { [name]: value })).toThrow(message);
});
