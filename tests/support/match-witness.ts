import { MatchEvent } from '@overcookied/shared/match/events.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { openValkey } from './valkey.ts';

/** An event of a match, and when Valkey published it, in ms by its clock. */
export interface WitnessedEvent {
  at: number;
  event: MatchEvent;
}

/** What happened to a match, in order. */
export interface Story {
  endsAt: number;
  /** When its golden cookies were due, in ms: the first, and after each the next. */
  goldenDues: number[];
  events: WitnessedEvent[];
}

/** A due time that was written down. */
interface Due {
  /** When it was written, in ms by Valkey's clock. */
  at: number;
  due: number;
}

/**
 * Sees everything that a Valkey of one's own does (`MONITOR`), with the time by its own clock: unlike a subscriber, who
 * hears of an event when the machine finds the time.
 */
export class MatchWitness {
  /** By room id. */
  readonly stories = new Map<string, Story>();
  /** What scripts wrote into the due times. */
  readonly dues: Due[] = [];
  readonly #monitor: Valkey;
  readonly #connection: Valkey;

  private constructor(connection: Valkey, monitor: Valkey) {
    this.#connection = connection;
    this.#monitor = monitor;
    monitor.on('monitor', (time: string, args: string[]) => this.#see(Number(time) * 1_000, args));
  }

  static async watch(url: string): Promise<MatchWitness> {
    const connection = await openValkey(url);
    return new MatchWitness(connection, await connection.monitor());
  }

  stop(): void {
    this.#monitor.disconnect();
    this.#connection.disconnect();
  }

  #see(at: number, [command = '', key = '', ...args]: string[]): void {
    const name = command.toLowerCase();
    const roomId = key.match(/^overcookied:game:\{(.+)\}/)?.[1];
    if (name === 'spublish' && roomId) {
      this.stories.get(roomId)?.events.push({ at, event: MatchEvent.parse(JSON.parse(args[0] ?? '')) });
    } else if (name === 'hset' && roomId) {
      const fields = new Map(args.flatMap((field, i) => (i % 2 ? [] : [[field, Number(args[i + 1])]])));
      const endsAt = fields.get('endsAt');
      if (endsAt) this.stories.set(roomId, { endsAt, goldenDues: [], events: [] });
      const goldenDue = fields.get('goldenDue');
      if (goldenDue) this.stories.get(roomId)?.goldenDues.push(goldenDue);
    } else if (name === 'zadd' && key.startsWith('overcookied:due:') && args[0] !== 'LT') {
      const scores = args[0] === 'XX' ? args.slice(1) : args;
      for (let i = 0; i < scores.length; i += 2) this.dues.push({ at, due: Number(scores[i]) });
    }
  }
}
