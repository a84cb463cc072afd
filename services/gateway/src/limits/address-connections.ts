import { silentAmong } from '@overcookied/shared/connections/gateways.ts';
import { keys } from '@overcookied/shared/keys.ts';
import { Script } from '@overcookied/shared/script.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { within } from '@overcookied/shared/within.ts';
import { BoundedMap } from './bounded-map.ts';
import { CountedConnection } from './counted-connection.ts';
import { answerWithinMs } from './limits.ts';

const sayScript = new Script<string[] | null>(
  'limit_say_connections',
  [new URL('say-connections.lua', import.meta.url)],
  1,
);

/** How often all counts are said again, in ms: one may not have been heard, or been lost with a Valkey. */
const sayEveryMs = 60_000;
/** A count that is not said any more is forgotten after so long, in ms. */
const keptMs = 3 * sayEveryMs;
/** So many at once, so that ten thousand addresses do not make one huge write. */
const atOnce = 200;
/** For an address that has too many there is no other look within so long, in ms. */
const pauseMs = 1_000;
const mostPauses = 10_000;

interface AddressConnectionsOptions {
  valkey: Valkey;
  gatewayId: string;
  /** What one address may have open at once, on all gateways together. */
  most: number;
  /** Valkey's clock, in ms. */
  now(): number;
  /** Told when Valkey does not answer: then there is room. */
  unchecked(error: Error): void;
}

/**
 * Connections by the address that they come from. Each gateway counts its own, and says in Valkey how many they are:
 * saying it again does no harm, and what a dead gateway had can be told from the rest.
 */
export class AddressConnections {
  readonly #options: AddressConnectionsOptions;
  readonly #counts = new Map<string, number>();
  readonly #pauses = new BoundedMap<string, number>(mostPauses);
  readonly #timer: NodeJS.Timeout;

  constructor(options: AddressConnectionsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#sayAll(), sayEveryMs);
  }

  /** A client shakes hands. @returns the connection that is to be, or after how many ms there may be room for it */
  async open(address: string): Promise<CountedConnection | number> {
    const left = (this.#pauses.get(address) ?? 0) - performance.now();
    if (left > 0) return Math.ceil(left);
    this.#add(address, 1);
    const connection = new CountedConnection(address, this.#gone);
    try {
      if (await within(answerWithinMs, () => this.#hasRoom(address))) return connection;
    } catch (error) {
      this.#options.unchecked(error as Error);
      return connection;
    }
    connection.closed();
    this.#pauses.set(address, performance.now() + pauseMs);
    return pauseMs;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #hasRoom(address: string): Promise<boolean> {
    const { valkey, most, now } = this.#options;
    const others = await this.#say(address, most);
    if (!others) return true;
    if (others.length === 0) return false;
    const dead = await silentAmong(valkey, others, now());
    return dead.length > 0 && !(await this.#say(address, most, dead));
  }

  readonly #gone = (address: string): void => {
    this.#add(address, -1);
    // What is not heard is said again, or forgotten.
    this.#say(address).catch(() => {});
  };

  #add(address: string, more: number): void {
    const count = (this.#counts.get(address) ?? 0) + more;
    if (count > 0) this.#counts.set(address, count);
    else this.#counts.delete(address);
  }

  /** @returns the other gateways that have some, if all together would have more than `most` */
  #say(address: string, most: number | '' = '', dead: string[] = []): Promise<string[] | null> {
    const { valkey, gatewayId } = this.#options;
    const count = this.#counts.get(address) ?? 0;
    const key = keys.addressConnections(address);
    return sayScript.run(valkey, [key], gatewayId, count, most, keptMs, ...dead);
  }

  async #sayAll(): Promise<void> {
    const addresses = [...this.#counts.keys()];
    for (let i = 0; i < addresses.length; i += atOnce) {
      await Promise.allSettled(addresses.slice(i, i + atOnce).map((address) => this.#say(address)));
    }
  }
}
