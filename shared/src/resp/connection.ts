import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Logger } from '../log.ts';
import { leavesReadOnly } from '../read-only.ts';
import { connectTimeoutMs, loadingRetryMs, retryStrategy, socketTimeoutMs } from '../valkey.ts';
import type { ValkeyAddress, ValkeyNode } from '../valkey-address.ts';
import { Troubles } from '../valkey-troubles.ts';
import { commandText } from './command.ts';
import type { Reply } from './reader.ts';
import { type Change, type Done, RespWire } from './wire.ts';

export interface Handlers {
  /** What a channel carried. */
  message(channel: string, text: string): void;
  /** The connection can be used; nothing is subscribed to. */
  ready(): void;
  /** The connection has broken, and all its subscriptions with it, or could not be made. It is tried again. */
  lost(): void;
  /** The node has ended the subscription to a channel, because its slot has gone to another. */
  moved(channel: string): void;
}

/** How often it is looked whether the node still answers, in ms. */
const lookMs = 1_000;

/** No Valkey refuses it, whatever state it is in. */
const hello = commandText(['HELLO']);
const ping = commandText(['PING']);

/**
 * A connection to one node for what goes through a gateway thousands of times a second: events come, and clicks are
 * counted. It does less than one of ioredis', for the processor time's sake (docs/measurements.md): no promises, nothing is kept
 * while it is not ready, and whoever subscribes does so again after a break.
 */
export class RespConnection {
  readonly node: ValkeyNode;
  readonly #address: ValkeyAddress;
  readonly #handlers: Handlers;
  readonly #troubles: Troubles;
  readonly #isToLeave: (error: Error) => boolean;
  #wire: RespWire;
  #isReady = false;
  #isClosed = false;
  #tries = 0;
  #timer: NodeJS.Timeout | undefined;
  #trouble = new Error('not connected yet');

  constructor(address: ValkeyAddress, node: ValkeyNode, log: Logger, handlers: Handlers) {
    this.#address = address;
    this.node = node;
    this.#handlers = handlers;
    this.#troubles = new Troubles(log);
    this.#isToLeave = leavesReadOnly(this.name, log);
    this.#wire = this.#connect();
  }

  get name(): string {
    return `${this.node.host}:${this.node.port}`;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Why it cannot be used; undefined while it can. */
  get trouble(): Error | undefined {
    return this.#isReady ? undefined : this.#trouble;
  }

  /** @param command as `commandText` writes it */
  send(command: string, done: Done): void {
    if (!this.#isReady) {
      done(this.#trouble);
      return;
    }
    const wire = this.#wire;
    wire.send(command, (error, reply) => {
      done(error, reply);
      if (error && this.#isToLeave(error)) wire.end(error);
    });
  }

  /** @throws Error when the command is refused, or it is not known whether it was carried out */
  ask(...command: (string | number)[]): Promise<Reply> {
    return promised((done) => this.send(commandText(command), done));
  }

  /** @throws Error as `ask` */
  async subscribe(channel: string): Promise<void> {
    await this.#change('ssubscribe', channel);
  }

  /** @throws Error as `ask` */
  async unsubscribe(channel: string): Promise<void> {
    await this.#change('sunsubscribe', channel);
  }

  /** Ends it for good, whatever is under way. */
  close(): void {
    this.#isClosed = true;
    this.#wire.end(new Error('the connection was closed'));
    clearTimeout(this.#timer);
  }

  #change(kind: Change, channel: string): Promise<Reply> {
    return promised((done) => {
      if (this.#isReady) this.#wire.change(kind, channel, hello, done);
      else done(this.#trouble);
    });
  }

  #connect(): RespWire {
    const { host, port } = this.node;
    const { tls } = this.#address;
    const socket = tls ? connectTls({ host, port }) : connectTcp({ host, port });
    const wire = new RespWire(socket, {
      pushed: ([kind, channel, text], isAnswer) => {
        if (kind === 'smessage') this.#handlers.message(channel as string, text as string);
        else if (kind === 'sunsubscribe' && !isAnswer) this.#handlers.moved(channel as string);
      },
      ended: (error) => this.#retry(error),
    });
    socket.once(tls ? 'secureConnect' : 'connect', () => this.#greet(wire));
    this.#endUnlessReady(wire);
    return wire;
  }

  #endUnlessReady(wire: RespWire): void {
    clearTimeout(this.#timer);
    const late = () => wire.end(new Error(`not ready within ${connectTimeoutMs} ms`));
    this.#timer = setTimeout(late, connectTimeoutMs);
  }

  #greet(wire: RespWire): void {
    const { username = 'default', password, db } = this.#address;
    const refused: Done = (error) => error && wire.end(error);
    const auth = password === undefined ? [] : ['AUTH', username, password];
    wire.send(commandText(['HELLO', 3, ...auth]), refused);
    if (db > 0) wire.send(commandText(['SELECT', db]), refused);
    this.#waitUntilLoaded(wire);
  }

  #waitUntilLoaded(wire: RespWire): void {
    this.#endUnlessReady(wire);
    wire.send(ping, (error) => {
      if (wire.hasEnded) return;
      // Whatever else it refuses, because its disk is full for instance, it can be subscribed to.
      if (!error?.message.startsWith('LOADING')) {
        this.#becomeReady(wire);
        return;
      }
      this.#fail(error);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#waitUntilLoaded(wire), loadingRetryMs);
    });
  }

  #becomeReady(wire: RespWire): void {
    this.#isReady = true;
    this.#tries = 0;
    clearTimeout(this.#timer);
    this.#timer = setInterval(() => this.#look(wire), lookMs);
    this.#troubles.ready(this.name);
    this.#handlers.ready();
  }

  /** A node that vanishes without a word is noticed because it does not answer; if nothing else has asked it, this does. */
  #look(wire: RespWire): void {
    if (wire.isIdle) {
      if (wire.silentMs > socketTimeoutMs / 2) wire.send(ping, () => {});
    } else if (wire.silentMs > socketTimeoutMs)
      wire.end(new Error(`no answer within ${socketTimeoutMs} ms: timed out`));
  }

  #fail(error: Error): void {
    this.#trouble = error;
    this.#troubles.failed(this.name, error);
  }

  #retry(error: Error): void {
    clearTimeout(this.#timer);
    this.#isReady = false;
    if (this.#isClosed) return;
    this.#fail(error);
    this.#timer = setTimeout(
      () => {
        this.#wire = this.#connect();
      },
      retryStrategy(++this.#tries),
    );
    this.#handlers.lost();
  }
}

const promised = (start: (done: Done) => void): Promise<Reply> =>
  new Promise((resolve, reject) => {
    start((error, reply) => (error ? reject(error) : resolve(reply as Reply)));
  });
