/**
 * One player: a connection, and the clicks of the match that it is in. The web client, the bot and the tests
 * all play through this class.
 *
 * @example
 * const player = new Player({ url, token });
 * player.on('GAME_START', () => …);
 * player.joinQueue();
 * player.click();
 */
import type { ClientFrameInput, ErrorCode, FrameOf, GameStart } from '@overcookied/shared/protocol.ts';
import { ClickLog } from './clicks.ts';
import { Connection, type ConnectionEvents, type ConnectionOptions, type Status } from './connection.ts';
import { Pings, pingEveryMs } from './pings.ts';
import { ServerClock } from './server-clock.ts';

/** Clicks of which the server has acknowledged none for so long are sent again: they were dropped on the way. */
const resendAfterMs = 2_000;
/** Refusals that end a wait: an invitation is not valid any more, or nobody came. */
const finalRefusals: ReadonlySet<ErrorCode> = new Set([
  'code_used',
  'code_expired',
  'no_rematch',
  'no_practice',
]);

/** Whom to wait for; the common queue unless it says otherwise. */
export type Wish = NonNullable<FrameOf<ClientFrameInput, 'JOIN_QUEUE'>['payload']>;

/** Remembers, when the page is reloaded in the middle of a match, how many clicks were made in it. */
export interface ClickMemory {
  /** 0 when it is not known. */
  read(roomId: string): number;
  write(roomId: string, made: number): void;
}

export interface PlayerOptions extends Omit<ConnectionOptions, 'roomId'> {
  memory?: ClickMemory;
  /** Whose connection has been closed, and whose match this one goes on with, clicks under way and all. */
  before?: Player | undefined;
}

export class Player {
  /** The server's clock, as near as pings tell. */
  readonly clock: ServerClock;
  readonly #connection: Connection;
  readonly #memory: ClickMemory | undefined;
  readonly #pings: Pings;
  readonly #timer: ReturnType<typeof setInterval>;
  #match: { roomId: string; startsAt: number; endsAt: number; clicks: ClickLog } | undefined;
  /** When the server last acknowledged a click, or there was none to acknowledge. */
  #progressAt = 0;
  /** False from a break until the gateway has put this player back into the match: it would refuse clicks. */
  #inMatch = false;
  /** What to ask for again after a break: the gateway that held our place in the queue may be gone. */
  #asked: (() => void) | undefined;

  constructor({ memory, before, ...options }: PlayerOptions) {
    this.#memory = memory;
    this.clock = before?.clock ?? new ServerClock();
    if (before) this.#match = before.#match;
    this.#connection = new Connection({ ...options, roomId: () => this.#match?.roomId });
    this.#pings = new Pings(this.#connection, this.clock);
    this.#connection.on('status', ({ state }) => {
      this.#pings.alive();
      if (state === 'open') this.#opened();
      else this.#inMatch = false;
      if (state === 'closed') clearInterval(this.#timer);
    });
    this.#connection.on('alive', () => this.#pings.alive());
    this.#connection.on('PONG', (pong) => this.#pings.answered(pong));
    this.#connection.on('GAME_START', (start) => this.#started(start));
    this.#connection.on('ERROR', ({ code }) => {
      // Asking again would be refused again.
      if (finalRefusals.has(code)) this.#asked = undefined;
      if (code === 'match_forgotten' || code === 'match_lost') this.#left();
    });
    this.#connection.on('UPDATE', ({ ack }) => ack !== undefined && this.#acknowledged(ack));
    this.#connection.on('GAME_OVER', () => this.#left());
    this.#timer = setInterval(() => {
      this.#pings.ping();
      this.#resend();
    }, pingEveryMs);
  }

  /** @returns what takes the listener off again */
  on<E extends keyof ConnectionEvents>(event: E, listener: (value: ConnectionEvents[E]) => void): () => void {
    return this.#connection.on(event, listener);
  }

  get status(): Status {
    return this.#connection.status;
  }

  /** Waits for an opponent; asked for again by itself whenever the connection comes back. */
  joinQueue(wish: Wish = {}): void {
    this.#ask(() => this.#connection.send('JOIN_QUEUE', wish));
  }

  /** Waits for the opponent of the match that has just ended to want another one too. */
  rematch(): void {
    this.#ask(() => this.#connection.send('REMATCH', {}));
  }

  /** Waits no more, for whomever it was. */
  leaveQueue(): void {
    this.#asked = undefined;
    this.#connection.send('LEAVE_QUEUE', {});
  }

  /**
   * Bakes cookies. Clicks made while cut off are sent when the connection is back.
   *
   * @returns false when there is nothing to bake: outside of a match, before its start and after its end
   */
  click(count = 1): boolean {
    if (!this.#match) return false;
    const { roomId, startsAt, endsAt, clicks } = this.#match;
    const now = this.clock.now();
    if (now < startsAt || now >= endsAt) return false;
    if (clicks.open === 0) this.#progressAt = Date.now();
    clicks.add(count);
    this.#memory?.write(roomId, clicks.made);
    this.#sendClicks();
    return true;
  }

  /** Clicks of this match that the server has not yet said to have counted. */
  get openClicks(): number {
    return this.#match?.clicks.open ?? 0;
  }

  /** Claims the golden cookie with this id. */
  claim(id: number | undefined): void {
    this.#connection.send('COOKIE_CLICK', id === undefined ? {} : { id });
  }

  /** Gives up the match. */
  quit(): void {
    this.#connection.send('QUIT_GAME', {});
  }

  /** Ends the connection for good. */
  close(): void {
    this.#connection.close();
  }

  #opened(): void {
    this.#pings.ping();
    this.#asked?.();
  }

  #ask(send: () => void): void {
    this.#asked = send;
    send();
  }

  #started({ roomId, startsAt, endsAt, ack, now }: GameStart): void {
    this.#asked = undefined;
    this.#inMatch = true;
    this.clock.hint(now);
    if (this.#match?.roomId !== roomId) {
      const made = this.#memory?.read(roomId);
      this.#match = { roomId, startsAt, endsAt, clicks: new ClickLog(ack, made) };
    }
    const { clicks } = this.#match;
    clicks.acknowledge(ack);
    clicks.rewind();
    this.#progressAt = Date.now();
    this.#sendClicks();
  }

  #left(): void {
    this.#match = undefined;
    this.#inMatch = false;
  }

  #acknowledged(ack: number): void {
    if (this.#match?.clicks.acked !== ack) this.#progressAt = Date.now();
    this.#match?.clicks.acknowledge(ack);
    this.#sendClicks();
  }

  /** A gateway that is busy drops frames, and says so; whatever the cause, a click that is sent again counts once. */
  #resend(): void {
    if (this.openClicks === 0 || Date.now() - this.#progressAt < resendAfterMs) return;
    this.#match?.clicks.rewind();
    this.#sendClicks();
  }

  #sendClicks(): void {
    const unsent = this.#inMatch ? this.#match?.clicks.unsent() : undefined;
    if (unsent && this.#connection.send('CLICK', unsent)) this.#match?.clicks.markSent(unsent.seq);
  }
}
