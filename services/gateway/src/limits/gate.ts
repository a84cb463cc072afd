import type { Served } from '@overcookied/shared/runtime/bindings.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import type { Context, MiddlewareHandler } from 'hono';
import { AddressConnections } from './address-connections.ts';
import type { Clients } from './clients.ts';
import type { CountedConnection } from './counted-connection.ts';
import type { Limits } from './limits.ts';
import { Rate } from './rate.ts';
import type { LimitName, Refusals } from './refusals.ts';

interface GateOptions {
  valkey: Valkey;
  gatewayId: string;
  /** Valkey's clock, in ms. */
  now(): number;
  limits: Limits;
  clients: Clients;
  refusals: Refusals;
}

/** A client that is let in to connect, or the answer to one that is not. */
export type Handshake = { refused: Response } | { address: string; counted: CountedConnection | undefined };

/** Where everybody comes by who asks for something: it lets nobody do too much, and knows nobody. */
export class Gate {
  readonly limits: Limits;
  readonly clients: Clients;
  readonly refusals: Refusals;
  readonly #requests: Rate | undefined;
  readonly #guests: Rate | undefined;
  readonly #connects: Rate | undefined;
  readonly #connections: AddressConnections | undefined;

  constructor({ clients, refusals, limits, ...where }: GateOptions) {
    this.limits = limits;
    this.clients = clients;
    this.refusals = refusals;
    const unchecked = (name: LimitName) => (error: Error) => refusals.unchecked(name, error);
    const rate = (name: 'requestsPerAddress' | 'guestsPerAddress' | 'connectsPerPlayer') => {
      const perMinute = limits[name];
      if (perMinute === null) return undefined;
      return new Rate({ valkey: where.valkey, name, perMinute, unchecked: unchecked(name) });
    };
    this.#requests = rate('requestsPerAddress');
    this.#guests = rate('guestsPerAddress');
    this.#connects = rate('connectsPerPlayer');
    const most = limits.connectionsPerAddress;
    if (most !== null) {
      const options = { ...where, most, unchecked: unchecked('connectionsPerAddress') };
      this.#connections = new AddressConnections(options);
    }
  }

  /** Stands before whatever asks Valkey, or takes time. */
  readonly requests: MiddlewareHandler<Served> = async (c, next) =>
    (await this.#take(c, 'requestsPerAddress', this.#requests, 'requests')) ?? next();

  /** Stands before what makes a guest. */
  readonly guests: MiddlewareHandler<Served> = async (c, next) =>
    (await this.#take(c, 'guestsPerAddress', this.#guests, 'guests')) ?? next();

  /** A client wants a WebSocket; who it is nobody has looked at yet. */
  async shakeHands(c: Context<Served>): Promise<Handshake> {
    const refused = await this.#take(c, 'requestsPerAddress', this.#requests, 'requests');
    if (refused) return { refused };
    const { address, isOurs } = this.clients.of(c);
    if (!this.#connections || isOurs) return { address, counted: undefined };
    const counted = await this.#connections.open(address);
    if (typeof counted !== 'number') return { address, counted };
    return { refused: this.#refuse(c, 'connectionsPerAddress', address, counted, 'connections') };
  }

  /** Whether this player connects over and over again. */
  async isLooping(playerId: string, address: string): Promise<boolean> {
    const isLooping = ((await this.#connects?.take(playerId)) ?? 0) > 0;
    if (isLooping) this.refusals.add('connectsPerPlayer', address);
    return isLooping;
  }

  stop(): void {
    this.#connections?.stop();
  }

  async #take(
    c: Context<Served>,
    limit: LimitName,
    rate: Rate | undefined,
    what: string,
  ): Promise<Response | undefined> {
    if (!rate) return undefined;
    const { address, isOurs } = this.clients.of(c);
    const waitMs = isOurs ? 0 : await rate.take(address);
    return waitMs > 0 ? this.#refuse(c, limit, address, waitMs, what) : undefined;
  }

  #refuse(c: Context<Served>, limit: LimitName, address: string, waitMs: number, what: string): Response {
    this.refusals.add(limit, address);
    const seconds = Math.ceil(waitMs / 1_000);
    c.header('Retry-After', String(seconds));
    return c.json({ error: `too many ${what} from your address: try again in ${seconds} s` }, 429);
  }
}
