import calculateSlot from 'cluster-key-slot';
import type { Logger } from './log.ts';
import { RespConnection } from './resp/connection.ts';
import { parseValkeyUrl, type ValkeyAddress, type ValkeyNode } from './valkey-address.ts';

/** How often it is asked which node has which slot, in ms: when all is well, and while something has just changed. */
const calmMs = 5_000;
const searchMs = 250;
/** For so long after a change it is looked for more, in ms: a node may not have heard yet what another one says. */
const searchForMs = 2_000;

interface Handlers {
  message(channel: string, text: string): void;
  /** A connection has become ready, or a slot has another owner. */
  changed(): void;
  /** A connection has broken, and all its subscriptions with it. */
  lost(connection: RespConnection): void;
  /** A connection brings a channel no more, whose slot has gone to another node. */
  moved(connection: RespConnection, channel: string): void;
}

const slotCount = 16_384;

/** The connections to subscribe by: one, or on a cluster one to each primary. */
export class NodeSubscribers {
  readonly #address: ValkeyAddress;
  readonly #log: Logger;
  readonly #handlers: Handlers;
  readonly #connections = new Map<string, RespConnection>();
  /** On a cluster, the name of the node that has each slot. */
  #owners: string[] = [];
  /** Nodes that have given slots away just now. */
  readonly #left = new Set<RespConnection>();
  #timer: NodeJS.Timeout | undefined;
  /** When it is asked next, by `performance.now`. */
  #lookAt = Number.POSITIVE_INFINITY;
  #changedAt = performance.now();
  #closed = false;

  constructor(url: string, log: Logger, handlers: Handlers) {
    this.#address = parseValkeyUrl(url);
    this.#log = log;
    this.#handlers = handlers;
    this.#connectToSeeds();
    if (this.#address.isCluster) this.#lookSoon();
  }

  /** The connection of the node that a channel belongs to; undefined while that is not known. */
  of(channel: string): RespConnection | undefined {
    if (!this.#address.isCluster) return this.connections()[0];
    return this.#connections.get(this.#owners[calculateSlot(channel)] ?? '');
  }

  connections(): RespConnection[] {
    return [...this.#connections.values()];
  }

  /** A node says that a slot is not its own (any more): looks for its owner. */
  search(): void {
    this.#changedAt = performance.now();
    this.#lookSoon();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const connection of this.connections()) connection.close();
  }

  #connectToSeeds(): void {
    for (const node of this.#address.nodes) this.#connect(node);
  }

  #connect(node: ValkeyNode): void {
    const name = nameOf(node);
    if (this.#connections.has(name)) return;
    const connection = new RespConnection(this.#address, node, this.#log, {
      message: this.#handlers.message,
      ready: () => (this.#address.isCluster ? this.search() : this.#handlers.changed()),
      lost: () => {
        this.#handlers.lost(connection);
        if (this.#connections.get(name) === connection) this.search();
      },
      moved: (channel) => {
        this.#handlers.moved(connection, channel);
        this.search();
        this.#askLeft(connection);
      },
    });
    this.#connections.set(name, connection);
  }

  /** The node knows to whom its slots have gone. It is asked once for all that it says in one piece: it has thousands of channels. */
  #askLeft(connection: RespConnection): void {
    if (this.#left.has(connection)) return;
    this.#left.add(connection);
    setImmediate(() => {
      this.#left.delete(connection);
      void this.#look(connection);
    });
  }

  #drop(name: string, connection: RespConnection): void {
    this.#connections.delete(name);
    connection.close();
    this.#handlers.lost(connection);
  }

  #lookSoon(): void {
    if (this.#closed || !this.#address.isCluster) return;
    const now = performance.now();
    const waitMs = now - this.#changedAt > searchForMs ? calmMs : searchMs;
    // Never put off: while many nodes cannot be reached something changes all the time.
    if (this.#lookAt <= now + waitMs) return;
    this.#lookAt = now + waitMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#lookAt = Number.POSITIVE_INFINITY;
      const ready = this.connections().filter(({ isReady }) => isReady);
      // Not always the same one: it may be cut off from the others.
      void this.#look(ready[Math.floor(Math.random() * ready.length)]);
    }, waitMs);
  }

  /** @param asked undefined when no node can be asked */
  async #look(asked: RespConnection | undefined): Promise<void> {
    try {
      if (asked) this.#follow(asked, await slotsOf(asked));
      else this.#connectToSeeds();
    } catch (error) {
      this.#log.debug({ reason: (error as Error).message }, 'could not ask for the slots');
    }
    this.#lookSoon();
  }

  #follow(asked: RespConnection, slots: SlotRange[]): void {
    if (this.#closed) return;
    const owners = new Array<string>(slotCount).fill('');
    for (const [first, last, primary] of slots) {
      if (!primary) continue;
      const [host, port] = primary;
      // A node that does not know its own name is the one that was asked.
      const node = { host: host || asked.node.host, port };
      this.#connect(node);
      owners.fill(nameOf(node), first, last + 1);
    }
    this.#owners = owners;
    const named = new Set(owners);
    for (const [name, connection] of this.#connections) if (!named.has(name)) this.#drop(name, connection);
    this.#handlers.changed();
  }
}

/** First and last slot of a range, then the nodes that have it, the primary first. */
type SlotRange = [number, number, ...[string, number][]];

const slotsOf = async (node: RespConnection) =>
  (await node.ask('CLUSTER', 'SLOTS')) as unknown as SlotRange[];

const nameOf = ({ host, port }: ValkeyNode) => `${host}:${port}`;
