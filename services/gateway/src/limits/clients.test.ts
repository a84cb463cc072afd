import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientOf } from './clients.ts';
import { TrustedProxies } from './trusted-proxies.ts';

const trusted = TrustedProxies.parse('10.0.0.0/8, 192.0.2.7,2001:db8:aa::/48');

test.each([
  ['nobody trusted, nothing said', '203.0.113.9', undefined, '203.0.113.9', false],
  ['nobody trusted: not believed', '203.0.113.9', '1.2.3.4', '203.0.113.9', false],
  ['a trusted one', '10.1.2.3', '203.0.113.9', '203.0.113.9', false],
  ['a trusted one by IPv4 written as IPv6', '::ffff:10.1.2.3', '203.0.113.9', '203.0.113.9', false],
  ['the client made something up', '10.1.2.3', '1.2.3.4, 203.0.113.9', '203.0.113.9', false],
  ['the client made a trusted one up', '10.1.2.3', '10.9.9.9, 203.0.113.9', '203.0.113.9', false],
  ['two trusted ones', '10.1.2.3', '1.2.3.4, 203.0.113.9 ,192.0.2.7', '203.0.113.9', false],
  ['a chain of trusted ones alone', '10.1.2.3', '10.9.9.9, 192.0.2.7', '10.9.9.9', false],
  ['a trusted one for itself', '10.1.2.3', undefined, '10.1.2.3', true],
  ['a trusted one with an empty word', '10.1.2.3', '', '10.1.2.3', false],
  ['garbage from a trusted one', '10.1.2.3', '1.2.3.4, what?', '10.1.2.3', false],
  ['garbage before the client', '10.1.2.3', '<script>, ,,203.0.113.9', '203.0.113.9', false],
  ['a number that is an address to some', '10.1.2.3', '2130706433', '10.1.2.3', false],
  ['octal', '10.1.2.3', '010.0.0.1', '10.1.2.3', false],
  ['with a port', '10.1.2.3', '203.0.113.9:4711', '203.0.113.9', false],
  ['IPv6', '10.1.2.3', '2001:DB8:1:2:3:4:5:6', '2001:db8:1:2::/64', false],
  ['IPv6 in brackets with a port', '10.1.2.3', '[2001:db8:1:2::6]:4711', '2001:db8:1:2::/64', false],
  ['IPv6 with a zone', 'fe80::1%eth0', undefined, 'fe80::/64', false],
  ['IPv4 written as IPv6', '10.1.2.3', '::ffff:203.0.113.9', '203.0.113.9', false],
  ['by a trusted network of IPv6', '2001:db8:aa:1::1', '203.0.113.9', '203.0.113.9', false],
  ['a connection that is gone', '', '203.0.113.9', 'unknown', false],
])('%s', (_what, peer, forwardedFor, address, isOurs) => {
  expect(clientOf(peer, forwardedFor, trusted)).toEqual({ address, isOurs });
});

test('a header of any length and content is read in a moment, and believed only from the right', () => {
  const hop = fc.oneof(fc.string({ maxLength: 20 }), fc.ipV4(), fc.ipV6(), fc.constant('10.0.0.1'));
  fc.assert(
    fc.property(fc.array(hop, { maxLength: 40 }), (hops) => {
      const said = [...hops.map((text) => text.replaceAll(',', '')), '203.0.113.9'].join(',');
      expect(clientOf('10.0.0.1', said, trusted).address).toBe('203.0.113.9');
      clientOf('10.0.0.1', hops.join(','), trusted);
    }),
  );
  expect(clientOf('10.0.0.1', '10.0.0.2,'.repeat(2_000), trusted).address).toBe('10.0.0.1');
});

describe('a list of trusted proxies', () => {
  test.each(['10.0.0.0/33', '10.0.0/8', 'haproxy', '', '1.2.3.4/', '2001:db8::/129', '10.0.0.0/8,,'])(
    'with %j is refused with what is right',
    (list) => {
      const message = TrustedProxies.safeParse(list).error?.issues[0]?.message;
      expect(message).toContain('must be a comma list of addresses and networks like 10.0.0.0/8');
    },
  );

  test('is empty where nobody is to be trusted', () => {
    expect(clientOf('127.0.0.1', '1.2.3.4', [])).toEqual({ address: '127.0.0.1', isOurs: false });
  });
});
