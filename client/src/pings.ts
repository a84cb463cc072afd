import type { ServerClock } from './server-clock.ts';

/** How often the gateway is asked, in ms. */
export const pingEveryMs = 2_500;
/** A connection on which a ping is unanswered for so long, and nothing else has come, is dead. */
const silentMs = 6_000;

/** What pings go by. */
interface Pinged {
  /** @returns false when there is no open connection */
  send(type: 'PING', payload: { t: number }): boolean;
  abandon(): void;
}

/** Asks a gateway for signs of life and for the time, and gives up a connection on which there are none. */
export class Pings {
  readonly #connection: Pinged;
  readonly #clock: ServerClock;
  /** When the first ping was sent of those that nothing has come after. */
  #unansweredSince: number | undefined;

  constructor(connection: Pinged, clock: ServerClock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  ping(): void {
    const now = Date.now();
    // Counted from the question and not from the last answer: a page in the background asks only once a minute.
    if (this.#unansweredSince !== undefined && now - this.#unansweredSince > silentMs)
      this.#connection.abandon();
    else if (this.#connection.send('PING', { t: now })) this.#unansweredSince ??= now;
  }

  /** Something has come through, or it is another connection. */
  alive(): void {
    this.#unansweredSince = undefined;
  }

  /** A `PONG` has come. */
  answered({ t, now }: { t?: number | undefined; now: number }): void {
    if (t !== undefined) this.#clock.sample(t, Date.now(), now);
  }
}
