/**
 * Somebody who watches a match: a connection that only listens, and comes back by itself after a break. Each frame tells
 * all that changes, so that nothing is missed by a break.
 *
 * @example
 * const watcher = new Watcher({ url: 'wss://play.example.org', roomId });
 * watcher.on('WATCH_START', (start) => …);
 * watcher.on('WATCH_UPDATE', (state) => …);
 * watcher.on('WATCH_OVER', ({ state }) => …);
 */
import type { FrameOf } from '@overcookied/shared/protocol.ts';
import { WatchFrame } from '@overcookied/shared/watch-protocol.ts';
import { Emitter } from './emitter.ts';
import { Pings, pingEveryMs } from './pings.ts';
import { parseJson, ReconnectingSocket, type Status } from './reconnecting-socket.ts';
import { ServerClock } from './server-clock.ts';

export interface WatcherEvents extends WatchEvents {
  status: Status;
}
type WatchEvents = { [T in WatchFrame['type']]: FrameOf<WatchFrame, T>['payload'] };

export interface WatcherOptions {
  /** Of a gateway, for instance `wss://play.example.org`; a function is asked again at every reconnect. */
  url: string | (() => string);
  roomId: string;
}

export class Watcher extends Emitter<WatcherEvents> {
  /** The server's clock, as near as pings tell. */
  readonly clock = new ServerClock();
  readonly #socket: ReconnectingSocket;
  readonly #pings: Pings;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor({ url, roomId }: WatcherOptions) {
    super();
    this.#socket = new ReconnectingSocket({
      address: () => `${typeof url === 'string' ? url : url()}/ws/watch/${encodeURIComponent(roomId)}`,
      status: (status) => this.#changed(status),
      message: (text) => this.#receive(text),
    });
    this.#pings = new Pings(
      {
        send: (type, payload) => this.#socket.send({ type, payload }),
        abandon: () => this.#socket.abandon(),
      },
      this.clock,
    );
    this.#timer = setInterval(() => this.#pings.ping(), pingEveryMs);
  }

  /** `closed` with code 1000 when the match is over, or when there is none; an `ERROR` has said so then. */
  get status(): Status {
    return this.#socket.status;
  }

  /** Ends it for good. */
  close(): void {
    this.#socket.close();
  }

  #changed(status: Status): void {
    this.#pings.alive();
    if (status.state === 'open') this.#pings.ping();
    if (status.state === 'closed') clearInterval(this.#timer);
    this.emit('status', status);
  }

  /** A frame that this version does not know is passed over, so that gateways can be newer than clients. */
  #receive(text: string): void {
    this.#pings.alive();
    const frame = WatchFrame.safeParse(parseJson(text));
    if (!frame.success) return;
    const { type, payload } = frame.data;
    if (type === 'PONG') this.#pings.answered(payload);
    else if (type === 'WATCH_START') this.clock.hint(payload.state.now);
    this.emit(type, payload);
  }
}
