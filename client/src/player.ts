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
import type { GameStart } from '@overcookied/shared/protocol.ts';
import { ClickLog } from './clicks.ts';
import { Connection, type ConnectionEvents, type ConnectionOptions, type Status } from './connection.ts';
import { ServerClock } from './server-clock.ts';

const pingEveryMs = 2_500;
/** A connection on which a ping is unanswered for so long, and nothing else has come, is dead. */
const silentMs = 6_000;

export class Player {
  /** The server's clock, as near as pings tell. */
  readonly clock = new ServerClock();
  readonly #connection: Connection;
  readonly #pings: ReturnType<typeof setInterval>;
  #match: { roomId: string; clicks: ClickLog } | undefined;
  /** False from a break until the gateway has put this player back into the match: it would refuse clicks. */
  #inMatch = false;
  /** What to ask for again after a break: the gateway that held our place in the queue may be gone. */
  #waiting = false;
  /** When the first ping was sent of those that nothing has come after. */
  #unansweredSince: number | undefined;

  constructor(options: ConnectionOptions) {
    this.#connection = new Connection(options);
    this.#connection.on('status', ({ state }) => {
      this.#unansweredSince = undefined;
      if (state === 'open') this.#opened();
      else this.#inMatch = false;
      if (state === 'closed') clearInterval(this.#pings);
    });
    this.#connection.on('alive', () => {
      this.#unansweredSince = undefined;
    });
    this.#connection.on('PONG', ({ t, now }) => t !== undefined && this.clock.sample(t, Date.now(), now));
    this.#connection.on('GAME_START', (start) => this.#started(start));
    this.#connection.on('UPDATE', ({ ack }) => ack !== undefined && this.#match?.clicks.acknowledge(ack));
    this.#connection.on('GAME_OVER', () => {
      this.#match = undefined;
      this.#inMatch = false;
    });
    this.#pings = setInterval(() => this.#ping(), pingEveryMs);
  }

  /** @returns what takes the listener off again */
  on<E extends keyof ConnectionEvents>(event: E, listener: (value: ConnectionEvents[E]) => void): () => void {
    return this.#connection.on(event, listener);
  }

  get status(): Status {
    return this.#connection.status;
  }

  /** Waits for an opponent; asked for again by itself whenever the connection comes back. */
  joinQueue(): void {
    this.#waiting = true;
    this.#connection.send('JOIN_QUEUE', {});
  }

  leaveQueue(): void {
    this.#waiting = false;
    this.#connection.send('LEAVE_QUEUE', {});
  }

  /** Bakes cookies. Clicks made while cut off are sent when the connection is back. */
  click(count = 1): void {
    this.#match?.clicks.add(count);
    this.#sendClicks();
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
    this.#ping();
    if (this.#waiting) this.#connection.send('JOIN_QUEUE', {});
  }

  #ping(): void {
    const now = Date.now();
    // Counted from the question and not from the last answer: a page in the background asks only once a minute.
    if (this.#unansweredSince !== undefined && now - this.#unansweredSince > silentMs)
      this.#connection.abandon();
    else if (this.#connection.send('PING', { t: now })) this.#unansweredSince ??= now;
  }

  #started({ roomId, ack, now }: GameStart): void {
    this.#waiting = false;
    this.#inMatch = true;
    this.clock.hint(now);
    if (this.#match?.roomId === roomId) this.#match.clicks.resume(ack);
    else this.#match = { roomId, clicks: new ClickLog(ack) };
    this.#sendClicks();
  }

  #sendClicks(): void {
    const unsent = this.#inMatch ? this.#match?.clicks.unsent() : undefined;
    if (unsent && this.#connection.send('CLICK', unsent)) this.#match?.clicks.markSent(unsent.seq);
  }
}
