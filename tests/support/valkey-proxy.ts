import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * Between a service and Valkey, so that a test can meddle with any single call: it takes the calls of a batch apart
 * and passes them on one by one.
 */
export class ValkeyProxy {
  /** Looks at each call's name and arguments before it is passed on; the calls behind it wait until it is done. */
  beforeCall: (call: string[]) => Promise<void> | void = () => {};
  readonly #server: Server;
  readonly #target: URL;
  readonly #pairs = new Set<{ client: Socket; server: Socket }>();
  #isMuted = false;
  #isRefusing = false;

  private constructor(target: URL) {
    this.#target = target;
    this.#server = createServer((client) => this.#accept(client));
  }

  /** @param target address of the Valkey, with its database */
  static async start(target: string): Promise<ValkeyProxy> {
    const proxy = new ValkeyProxy(new URL(target));
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    const url = new URL(this.#target);
    url.hostname = '127.0.0.1';
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  /** From now on Valkey's answers are lost. */
  mute(): void {
    this.#isMuted = true;
  }

  /** Breaks all connections. @param forGood whether new ones are refused from now on */
  cut(forGood: boolean): void {
    this.#isRefusing = forGood;
    this.#isMuted = false;
    for (const { client, server } of this.#pairs) {
      client.destroy();
      server.destroy();
    }
    this.#pairs.clear();
  }

  stop(): void {
    this.cut(true);
    this.#server.close();
  }

  #accept(client: Socket): void {
    if (this.#isRefusing) {
      client.destroy();
      return;
    }
    const server = connect(Number(this.#target.port || 6_379), this.#target.hostname);
    const pair = { client, server };
    this.#pairs.add(pair);
    const end = () => {
      client.destroy();
      server.destroy();
      this.#pairs.delete(pair);
    };
    for (const socket of [client, server]) socket.on('close', end).on('error', end);
    server.on('data', (bytes) => {
      if (!this.#isMuted) client.write(bytes);
    });
    let unread = Buffer.alloc(0);
    let passing = Promise.resolve();
    client.on('data', (bytes) => {
      unread = Buffer.concat([unread, bytes]);
      for (let next = readCall(unread); next; next = readCall(unread)) {
        const raw = unread.subarray(0, next.length);
        const { call } = next;
        unread = unread.subarray(next.length);
        passing = passing.then(async () => {
          await this.beforeCall(call);
          if (!server.destroyed) server.write(raw);
        });
      }
    });
  }
}

/** The first call in these bytes, as the RESP protocol writes it: an array of strings. Undefined until it is whole. */
function readCall(bytes: Buffer): { call: string[]; length: number } | undefined {
  let at = 0;
  const number = (prefix: string): number | undefined => {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const line = bytes.toString('latin1', at, end);
    if (!line.startsWith(prefix)) throw new Error(`not a call: ${line.slice(0, 40)}`);
    at = end + 2;
    return Number(line.slice(1));
  };
  const count = number('*');
  if (count === undefined) return undefined;
  const call: string[] = [];
  for (let i = 0; i < count; i++) {
    const length = number('$');
    if (length === undefined || bytes.length < at + length + 2) return undefined;
    call.push(bytes.toString('utf8', at, at + length));
    at += length + 2;
  }
  return { call, length: at };
}
