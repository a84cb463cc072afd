import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** So many bytes may wait in one direction of one connection before its sender is held up. */
const mostWaiting = 1_000_000;

/**
 * A TCP proxy on 127.0.0.1 that cuts, delays and stalls whatever goes through it. It knows nothing of what the bytes
 * mean, but for the first of each connection, by which a single one can be found.
 */
export class Link {
  /** Port to which it connects; it may change, for new connections. */
  targetPort: number;
  readonly #server: Server;
  readonly #connections = new Set<Through>();
  #delayMs = 0;
  #isStalled = false;
  #stallsBefore = '';

  private constructor(targetPort: number) {
    this.targetPort = targetPort;
    this.#server = createServer((client) => this.#accept(client));
  }

  /** @param targetPort of 127.0.0.1; 0 when nothing listens yet */
  static async start(targetPort: number): Promise<Link> {
    const link = new Link(targetPort);
    link.#server.listen(0, '127.0.0.1');
    await once(link.#server, 'listening');
    return link;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Breaks connections that are there. @param head text that is in the first bytes of those meant; all unless told */
  cut(head = ''): void {
    for (const each of this.#connections) if (each.head.includes(head)) each.end();
  }

  /** From now on every byte, in both directions, comes so much later, in ms; 0 ends it. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  /**
   * From now on no byte passes, until `flow`.
   *
   * @param before text: nothing that a client sends passes from the first bytes on that have it
   */
  stall(before = ''): void {
    this.#isStalled = before === '';
    this.#stallsBefore = before;
  }

  get isStalled(): boolean {
    return this.#isStalled;
  }

  flow(): void {
    this.#isStalled = false;
    this.#stallsBefore = '';
    for (const { up, down } of this.#connections) {
      up.pump();
      down.pump();
    }
  }

  stop(): void {
    this.cut();
    this.#server.close();
  }

  #accept(client: Socket): void {
    // Nobody listens: as if the port were closed.
    if (this.targetPort === 0) {
      client.destroy();
      return;
    }
    const server = connect(this.targetPort, '127.0.0.1');
    const conditions = {
      delayMs: () => this.#delayMs,
      isStalled: () => this.#isStalled,
      sent: (bytes: Buffer) => {
        if (this.#stallsBefore && bytes.includes(this.#stallsBefore)) this.stall();
      },
    };
    const through = new Through(client, server, conditions, () => this.#connections.delete(through));
    this.#connections.add(through);
  }
}

interface Conditions {
  delayMs: () => number;
  isStalled: () => boolean;
  /** Told of what a client sends, before it passes. */
  sent: (bytes: Buffer) => void;
}

/** One connection. */
class Through {
  readonly up: Way;
  readonly down: Way;
  /** The first bytes of the client, as text. */
  head = '';
  readonly #sockets: Socket[];
  readonly #ended: () => void;

  constructor(client: Socket, server: Socket, conditions: Conditions, ended: () => void) {
    this.#sockets = [client, server];
    this.#ended = ended;
    for (const socket of this.#sockets) socket.setNoDelay(true).on('error', () => this.end());
    // Before the bytes go on their way.
    client.on('data', conditions.sent);
    this.up = new Way(client, server, conditions);
    this.down = new Way(server, client, conditions);
    client.once('data', (bytes) => {
      this.head = bytes.toString('latin1');
    });
    // Both sides are told before it is gone: a close frame may be on its way.
    for (const socket of this.#sockets)
      socket.on('close', () => this.#sockets.every((each) => each.destroyed) && ended());
  }

  end(): void {
    this.up.close();
    this.down.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#ended();
  }
}

/** What is on its way; undefined is the end of it. */
interface Waiting {
  bytes: Buffer | undefined;
  /** From when on it may arrive, by `performance.now()`. */
  at: number;
}

/** One direction of one connection. Bytes stay in order, whatever becomes of the delay meanwhile. */
class Way {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #conditions: Conditions;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket, conditions: Conditions) {
    this.#from = from;
    this.#to = to;
    this.#conditions = conditions;
    from.on('data', (bytes) => this.#take(bytes));
    from.on('end', () => this.#take(undefined));
    to.on('drain', () => this.#holdUp());
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
  }

  /** Passes on what may arrive by now. */
  pump(): void {
    clearTimeout(this.#timer);
    while (this.#waiting.length > 0 && !this.#conditions.isStalled()) {
      const { bytes, at } = this.#waiting[0] as Waiting;
      const inMs = at - performance.now();
      if (inMs > 0) {
        this.#timer = setTimeout(() => this.pump(), Math.ceil(inMs));
        break;
      }
      this.#waiting.shift();
      this.#waitingBytes -= bytes?.length ?? 0;
      this.#pass(bytes);
    }
    this.#holdUp();
  }

  #take(bytes: Buffer | undefined): void {
    const delayMs = this.#conditions.delayMs();
    if (delayMs === 0 && this.#waiting.length === 0 && !this.#conditions.isStalled()) {
      this.#pass(bytes);
      this.#holdUp();
      return;
    }
    this.#waiting.push({ bytes, at: performance.now() + delayMs });
    this.#waitingBytes += bytes?.length ?? 0;
    if (this.#waiting.length === 1) this.pump();
    else this.#holdUp();
  }

  #pass(bytes: Buffer | undefined): void {
    if (this.#to.destroyed) return;
    if (bytes) this.#to.write(bytes);
    else this.#to.end();
  }

  /** Whoever sends faster than it is read waits: memory has an end. */
  #holdUp(): void {
    if (this.#waitingBytes + this.#to.writableLength > mostWaiting) this.#from.pause();
    else if (this.#from.isPaused()) this.#from.resume();
  }
}
