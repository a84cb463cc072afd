import { keys } from '@overcookied/shared/keys.ts';
import { Notice } from '@overcookied/shared/notify.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

/** How long it may be silent before something must have gone wrong, in ms. */
const silenceMs = 15_000;

/** Listens for what gateways are told, in the place of gateways. */
export class Notices {
  readonly #texts: string[] = [];
  #latestAt = 0;
  #expected = Number.POSITIVE_INFINITY;
  #complete = () => {};

  /** @param subscriber a connection that nobody else listens by */
  static async open(subscriber: Valkey, gateways: readonly string[]): Promise<Notices> {
    const notices = new Notices();
    subscriber.on('smessage', (_channel: string, text: string) => notices.#add(text));
    for (const gateway of gateways) await subscriber.ssubscribe(keys.notify(gateway));
    return notices;
  }

  /** Forgets what there was, and waits for so many. @returns when the last came, by `performance.now()` */
  async next(count: number): Promise<{ texts: string[]; latestAt: number }> {
    this.#texts.length = 0;
    this.#expected = count;
    this.#latestAt = performance.now();
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      this.#complete = resolve;
      timer = setInterval(() => {
        if (performance.now() - this.#latestAt < silenceMs) return;
        reject(new Error(`only ${this.#texts.length} of ${count} players were told of a match`));
      }, 1_000);
    }).finally(() => clearInterval(timer));
    return { texts: [...this.#texts], latestAt: this.#latestAt };
  }

  #add(text: string): void {
    // Read when nothing is measured any more.
    this.#texts.push(text);
    this.#latestAt = performance.now();
    if (this.#texts.length === this.#expected) this.#complete();
  }
}

/**
 * Checks that each of these players was told of exactly one room, and each room to exactly two of them.
 *
 * @throws Error that says what is wrong
 */
export function checkNotices(texts: readonly string[], players: readonly string[]): void {
  const roomOf = new Map<string, string>();
  const told = new Map<string, number>();
  for (const text of texts) {
    const notice = Notice.parse(JSON.parse(text));
    if (notice.type !== 'match') throw new Error(`a notice of type ${notice.type}`);
    const { playerId, roomId } = notice;
    if (roomOf.has(playerId)) throw new Error(`${playerId} was told twice`);
    roomOf.set(playerId, roomId);
    told.set(roomId, (told.get(roomId) ?? 0) + 1);
  }
  const untold = players.filter((id) => !roomOf.has(id));
  if (untold.length > 0) throw new Error(`${untold.length} players were told nothing, ${untold[0]} for one`);
  if (roomOf.size > players.length) throw new Error('somebody was told who is not in the queue');
  const odd = [...told].find(([, count]) => count !== 2);
  if (odd) throw new Error(`room ${odd[0]} was told to ${odd[1]} players`);
}
