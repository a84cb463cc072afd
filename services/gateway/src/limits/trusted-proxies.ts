import ipaddr from 'ipaddr.js';
import * as z from 'zod/mini';

/** An address of the one kind or the other; one of IPv4 that was written as IPv6 is read as what it is. */
export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Some addresses: of a network, or one alone. */
export type Network = [Address, number];

/** `TRUSTED_PROXIES`: those whose word is taken for where a request comes from. */
export const TrustedProxies = z.pipe(
  z.string(),
  z.transform((list, context) =>
    list.split(',').flatMap((text): Network[] => {
      const network = parseNetwork(text.trim());
      if (network) return [network];
      const message = `must be a comma list of addresses and networks like 10.0.0.0/8 or 2001:db8::/32, got "${text}"`;
      context.issues.push({ code: 'custom', message, input: list });
      return [];
    }),
  ),
);

/** @returns undefined for what is no address */
export function parseAddress(text: string): Address | undefined {
  // Not the short forms that are IPv4 to some, as 127.1 is: what is believed here must mean one thing.
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
  return isAddress ? ipaddr.process(text) : undefined;
}

export const isWithin = (address: Address, networks: readonly Network[]): boolean =>
  networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));

function parseNetwork(text: string): Network | undefined {
  const [, host = '', bits] = text.match(/^([^/]+)(?:\/(\d{1,3}))?$/) ?? [];
  const address = parseAddress(host);
  if (!address) return undefined;
  const most = address.kind() === 'ipv4' ? 32 : 128;
  const length = bits === undefined ? most : Number(bits);
  return length <= most ? [address, length] : undefined;
}
