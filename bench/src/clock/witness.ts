import { keys } from '@overcookied/shared/keys.ts';
import { MatchEvent } from '@overcookied/shared/match/events.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

/** What is known of a match that is on. */
interface Known {
  /** When its next golden cookie is due, in ms. */
  goldenDue: number;
  /** How many of its events have come. */
  events: number;
}

/** What a witness has seen. Times are in ms. */
export interface Seen {
  /** How late each golden cookie was heard of. */
  spawns: number[];
  /** How late each match ended, by Valkey's own clock: `endedAt` less `endsAt`. */
  ends: number[];
  /** How late each end was heard of. */
  endsHeard: number[];
  /** Matches of which there were more or fewer events than they are numbered. */
  miscounted: number;
}

const nothing = (): Seen => ({ spawns: [], ends: [], endsHeard: [], miscounted: 0 });

/**
 * Listens to matches in the place of their gateways. It goes by this machine's clock, which is Valkey's too: when it is
 * slow itself, events seem later than they were, never sooner.
 */
export class Witness {
  readonly #valkey: Valkey;
  readonly #subscriber: Valkey;
  readonly #known = new Map<string, Known>();
  readonly #rooms = new Map<string, string>();
  #seen = nothing();
  #error: Error | undefined;

  /** @param subscriber a connection that nobody else listens by */
  constructor(valkey: Valkey, subscriber: Valkey) {
    this.#valkey = valkey;
    this.#subscriber = subscriber;
    subscriber.on('smessage', (channel: string, text: string) => {
      const at = Date.now();
      this.#hear(channel, text, at).catch((error: Error) => {
        this.#error ??= error;
      });
    });
  }

  /** How many matches are on. */
  get on(): number {
    return this.#known.size;
  }

  /** Listens to a match that is about to be made. */
  async listen(roomId: string): Promise<void> {
    const channel = keys.gameEvents(roomId);
    this.#rooms.set(channel, roomId);
    this.#known.set(roomId, { goldenDue: 0, events: 0 });
    await this.#subscriber.ssubscribe(channel);
  }

  /** The match has been made, and its clock is about to run. @param goldenDue when its first golden cookie is due, in ms */
  begun(roomId: string, goldenDue: number): void {
    const known = this.#known.get(roomId);
    if (known) known.goldenDue = goldenDue;
  }

  /** What there was since the last time. @throws Error when something went wrong with it */
  take(): Seen {
    if (this.#error) throw this.#error;
    const seen = this.#seen;
    this.#seen = nothing();
    return seen;
  }

  async #readDue(roomId: string): Promise<void> {
    const due = await this.#valkey.hget(keys.game(roomId), 'goldenDue');
    const known = this.#known.get(roomId);
    if (known) known.goldenDue = Number(due);
  }

  async #hear(channel: string, text: string, at: number): Promise<void> {
    const event = MatchEvent.parse(JSON.parse(text));
    const roomId = this.#rooms.get(channel) ?? '';
    const known = this.#known.get(roomId);
    if (!known) throw new Error(`${channel}: ${text} of a match that is over`);
    known.events++;
    if (event.type === 'spawn') {
      this.#seen.spawns.push(at - known.goldenDue);
      await this.#readDue(roomId);
    } else if (event.type === 'over') {
      if (event.seq !== known.events) this.#seen.miscounted++;
      this.#known.delete(roomId);
      this.#rooms.delete(channel);
      const [endsAt, endedAt] = await this.#valkey.hmget(keys.game(roomId), 'endsAt', 'endedAt');
      this.#seen.ends.push(Number(endedAt) - Number(endsAt));
      this.#seen.endsHeard.push(at - Number(endsAt));
      await this.#subscriber.sunsubscribe(channel);
    }
  }
}
