import type { Socket } from 'node:net';
import { commandText } from './command.ts';
import { ProtocolError, type Reply, ReplyError, RespReader } from './reader.ts';

/** Is told what became of a command: the reply, or why there is none. One that broke off may have been carried out. */
export type Done = (error: Error | undefined, reply?: Reply) => void;

interface Waiting {
  done: Done;
  /** What is pushed when it has been carried out, if it subscribes to a channel or ends that. */
  kind: Change | undefined;
  channel: string | undefined;
  /** Why that was refused. */
  refusal: ReplyError | undefined;
}

/** A command that subscribes to a channel, or ends that; and what is pushed about it. */
export type Change = 'ssubscribe' | 'sunsubscribe';

export interface WireHandlers {
  /** What was pushed. @param isAnswer whether it says what became of the (un)subscription that waits */
  pushed(parts: Reply[], isAnswer: boolean): void;
  /** It is over, once; what was under way is told then. */
  ended(error: Error): void;
}

/** So many commands may wait for replies: one a player, of whom no process has so many. */
const mostWaiting = 100_000;

/**
 * One socket to a Valkey from its beginning to its end: each reply goes to the oldest command that has none. What waits ends
 * with the socket, so that no reply ever goes to a command of another.
 *
 * All commands of one turn of the event loop share a write.
 */
export class RespWire {
  readonly #socket: Socket;
  readonly #handlers: WireHandlers;
  readonly #waiting: Waiting[] = [];
  /** What is written at the end of this turn. */
  #unwritten = '';
  #hasEnded = false;
  /** When the socket was heard last, or a command began to wait, by `performance.now`. */
  #heardAt = performance.now();

  constructor(socket: Socket, handlers: WireHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    socket.setNoDelay(true);
    const reader = new RespReader({
      reply: (value) => this.#replied(value),
      push: (parts) => {
        // Whoever hears of a reply may end this, while more of it is read.
        if (this.#hasEnded) return;
        const [oldest] = this.#waiting;
        handlers.pushed(parts, parts[0] === oldest?.kind && parts[1] === oldest?.channel);
      },
    });
    socket.on('data', (piece: Buffer) => {
      this.#heardAt = performance.now();
      try {
        reader.read(piece);
      } catch (error) {
        // Whatever it is: nothing of this piece may be read twice.
        this.end(error as Error);
        if (!(error instanceof ProtocolError)) throw error;
      }
    });
    // A name with several addresses, none of which answers, fails with an error that has no message.
    socket.on('error', (error: NodeJS.ErrnoException) =>
      this.end(error.message ? error : new Error(error.code ?? error.name, { cause: error })),
    );
    socket.on('close', () => this.end(new Error('valkey ended the connection')));
  }

  /** For how long, in ms, nothing has come; since a command began to wait, if that is less. */
  get silentMs(): number {
    return performance.now() - this.#heardAt;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get isIdle(): boolean {
    return this.#waiting.length === 0;
  }

  /** @param command as `commandText` writes it */
  send(command: string, done: Done): void {
    this.#send(command, { done, kind: undefined, channel: undefined, refusal: undefined });
  }

  /**
   * Sends a command that subscribes to a channel, or ends that. Only if it is refused is it replied to; else something is pushed,
   * as may be at any time.
   *
   * @param fence a command that is never refused: by its reply it is known that the other one is done with
   */
  change(kind: Change, channel: string, fence: string, done: Done): void {
    this.#send(commandText([kind, channel]) + fence, { done, kind, channel, refusal: undefined });
  }

  /** Ends it at once, and fails what is under way. */
  end(error: Error): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#socket.destroy();
    this.#handlers.ended(error);
    // Not the error itself: what one command was refused with is not the answer to the others.
    const broken = new Error(`the connection has ended: ${error.message}`, { cause: error });
    for (const { done } of this.#waiting.splice(0)) done(broken);
  }

  #send(command: string, waiting: Waiting): void {
    if (this.#hasEnded || this.#waiting.length >= mostWaiting) {
      const why = this.#hasEnded ? 'the connection has ended' : `${mostWaiting} commands wait for replies`;
      waiting.done(new Error(why));
      return;
    }
    if (this.#waiting.length === 0) this.#heardAt = performance.now();
    this.#waiting.push(waiting);
    if (this.#unwritten === '') setImmediate(() => this.#write());
    this.#unwritten += command;
  }

  #write(): void {
    const text = this.#unwritten;
    this.#unwritten = '';
    if (!this.#hasEnded) this.#socket.write(text);
  }

  #replied(value: Reply): void {
    if (this.#hasEnded) return;
    const [oldest] = this.#waiting;
    if (!oldest) throw new ProtocolError('a reply that nobody has asked for');
    if (oldest.kind && value instanceof ReplyError) {
      if (oldest.refusal) throw new ProtocolError('what is never refused was refused');
      oldest.refusal = value;
      return;
    }
    this.#waiting.shift();
    oldest.done(value instanceof ReplyError ? value : oldest.refusal, value);
  }
}
