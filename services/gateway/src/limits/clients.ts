import { remoteAddress, type Served } from '@overcookied/shared/runtime/bindings.ts';
import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';
import { type Address, isWithin, type Network, parseAddress } from './trusted-proxies.ts';

/** Customers have IPv6 networks of so many bits, or larger ones: all addresses of one are counted together. */
const ipv6Bits = 64;
/** Nobody has so many proxies of their own; a client may name any number before them. */
const mostHops = 16;

/** Where a request comes from. */
export interface Client {
  /** By which it is counted: an IPv4 address, or the network of an IPv6 one. */
  address: string;
  /** Whether it is a trusted proxy that speaks for nobody else: a health check, or a bot of our own. */
  isOurs: boolean;
}

/** Tells where requests come from, by the word of proxies that are trusted and of nobody else. */
export class Clients {
  readonly #trusted: readonly Network[];

  constructor(trusted: readonly Network[]) {
    this.#trusted = trusted;
  }

  of(c: Context<Served>): Client {
    return clientOf(remoteAddress(c), c.req.header('X-Forwarded-For'), this.#trusted);
  }

  /** Whether the client came by https, as a trusted proxy says. */
  cameByHttps(c: Context<Served>): boolean {
    const peer = parseAddress(remoteAddress(c));
    if (!peer || !isWithin(peer, this.#trusted)) return false;
    return c.req.header('X-Forwarded-Proto')?.split(',').at(-1)?.trim().toLowerCase() === 'https';
  }
}

/**
 * Walks from the connection's other end along what each trusted proxy says of the one before it.
 *
 * @param peer the connection's other end
 * @param forwardedFor the header `X-Forwarded-For`, to which each proxy adds on the right
 */
export function clientOf(
  peer: string,
  forwardedFor: string | undefined,
  trusted: readonly Network[],
): Client {
  let address = parseAddress(peer);
  // The connection has gone already, and nobody will hear the answer.
  if (!address) return { address: 'unknown', isOurs: false };
  const hops = forwardedFor?.split(',').slice(-mostHops) ?? [];
  const isOurs = hops.length === 0 && isWithin(address, trusted);
  while (isWithin(address, trusted)) {
    const before = hopAddress(hops.pop());
    // Whoever named something else is the last one that is known of.
    if (!before) break;
    address = before;
  }
  return { address: countedAs(address), isOurs };
}

/** Some proxies add a port. */
function hopAddress(hop: string | undefined): Address | undefined {
  const text = hop?.trim() ?? '';
  const [, host] = text.match(/^\[(.+)\](?::\d+)?$/) ?? text.match(/^([\d.]+):\d+$/) ?? [];
  return parseAddress(host ?? text);
}

function countedAs(address: Address): string {
  if (address instanceof ipaddr.IPv4) return address.toString();
  const network = address.parts.map((part, i) => (i < ipv6Bits / 16 ? part : 0));
  return `${new ipaddr.IPv6(network)}/${ipv6Bits}`;
}
