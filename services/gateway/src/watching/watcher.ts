import type { ValkeyClock } from '@overcookied/shared/clock.ts';
import { type ClientFrame, closeCode, type ErrorCode } from '@overcookied/shared/protocol.ts';
import type { WatchFrame } from '@overcookied/shared/watch-protocol.ts';
import { Connection, type ConnectionParts, type Newcomer } from '../connection.ts';
import type { BadFrame } from '../frame-parser.ts';
import type { Pulsing } from '../pulse.ts';
import type { Room } from '../room.ts';
import type { Socket } from '../socket.ts';
import type { Spectator } from './audience.ts';
import type { Watchers } from './watchers.ts';

export interface WatcherParts extends ConnectionParts {
  watchers: Watchers;
  clock: Pick<ValkeyClock, 'now'>;
}

/** What the handshake told of a client that wants to watch. */
export interface NewWatcher extends Newcomer {
  /** Undefined for what no match can be called. */
  roomId: string | undefined;
}

/** A client that watches a match, whoever it is. It changes nothing, and counts for nothing in the match. */
export class Watcher extends Connection implements Spectator, Pulsing {
  readonly #parts: WatcherParts;
  readonly #roomId: string | undefined;
  #socket: Socket | undefined;
  #room: Room | undefined;

  constructor(parts: WatcherParts, newcomer: NewWatcher) {
    super(parts, newcomer);
    this.#parts = parts;
    this.#roomId = newcomer.roomId;
  }

  /** Nobody depends on it. */
  get isBusy(): boolean {
    return false;
  }

  beat(): void {
    this.#socket?.beat();
  }

  tell(frame: WatchFrame, text: string): void {
    this.#socket?.sendWritten(frame, text);
  }

  ended(): void {
    this.#socket?.finish('the match is over');
  }

  dismissed(code: ErrorCode, message: string): void {
    this.#socket?.send({ type: 'ERROR', payload: { code, message } });
    this.#socket?.finish('there is nothing to watch');
  }

  /** This gateway is of no use to the client any more; another one may be. */
  sendAway(code: number, reason: string): void {
    this.#socket?.sendAway(code, reason);
  }

  /** So many watch the match here already that another would be at the expense of those who play. */
  refuse(): void {
    this.refused('watchersPerMatch');
    this.#socket?.close(closeCode.tryAgainLater, 'too many watch this match here: try again later');
  }

  protected override arrived(socket: Socket): void {
    this.#socket = socket;
    if (this.#roomId === undefined) this.dismissed('no_such_match', 'no match can be called that');
    else this.#room = this.#parts.watchers.open(this.#roomId, this);
  }

  protected override receive(frame: ClientFrame): BadFrame | undefined {
    if (frame.type !== 'PING') {
      return { code: 'unknown_type', message: 'type must be PING: whoever watches does nothing else' };
    }
    const { clock } = this.#parts;
    this.#socket?.send({ type: 'PONG', payload: { ...frame.payload, now: clock.now() } });
    return undefined;
  }

  protected override left(): void {
    this.#room?.unwatch(this);
    this.#parts.watchers.close(this);
  }
}
