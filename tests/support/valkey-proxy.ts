import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Between a service and Valkey, so that a test can meddle with any single call: it takes the calls of a batch apart
 * and passes them on one by one.
 */
export class ValkeyProxy {
  /** Looks at each call's name and arguments before it is passed on; the calls behind it wait until it is done. */
  beforeCall: (call: string[]) => Promise<void> | void = () => {};
  /** Looks at each message of a channel, and says whether it is passed on. */
  passesMessage: (channel: string, text: string) => boolean = () => true;
  /** How long each piece of what Valkey answers is held up, in ms; in order all the same. */
  delayMs: () => number = () => 0;
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

  #passes(answer: Buffer): boolean {
    if (!answer.subarray(0, 24).includes('smessage')) return true;
    // An array of three strings, each after a line that tells its length.
    const [, , , , channel = '', , text = ''] = answer.toString().split('\r\n');
    return this.passesMessage(channel, text);
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
    let unanswered: Buffer = Buffer.alloc(0);
    let answering = Promise.resolve();
    server.on('data', (bytes) => {
      if (this.#isMuted) return;
      unanswered = Buffer.concat([unanswered, bytes]);
      let end = 0;
      const passed: Buffer[] = [];
      for (let next = endOfAnswer(unanswered, 0); next; next = endOfAnswer(unanswered, end)) {
        const answer = unanswered.subarray(end, next);
        end = next;
        if (this.#passes(answer)) passed.push(answer);
      }
      unanswered = unanswered.subarray(end);
      const delay = this.delayMs();
      answering = answering.then(async () => {
        if (delay > 0) await sleep(delay);
        if (!client.destroyed) client.write(Buffer.concat(passed));
      });
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

/** Where the answer that begins at `at` ends, in RESP 2 or 3; undefined until it is whole. */
function endOfAnswer(bytes: Buffer, at: number): number | undefined {
  const lineEnd = bytes.indexOf('\r\n', at);
  if (lineEnd < 0) return undefined;
  const kind = String.fromCharCode(bytes[at] ?? 0);
  const number = Number(bytes.toString('latin1', at + 1, lineEnd));
  let end: number | undefined = lineEnd + 2;
  if ('$=!'.includes(kind) && number >= 0) end += number + 2;
  const parts = '*>~'.includes(kind) ? number : kind === '%' ? 2 * number : 0;
  for (let i = 0; i < parts && end !== undefined; i++) end = endOfAnswer(bytes, end);
  return end !== undefined && end <= bytes.length ? end : undefined;
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
