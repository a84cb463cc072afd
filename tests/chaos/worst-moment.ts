import { setTimeout as sleep } from 'node:timers/promises';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { now } from './history.ts';

const matchmaking = 'overcookied:{matchmaking}';
/** So long at most it is waited for, in ms. */
const patienceMs = 400;
/** Whoever is asleep does not give a lock back that was taken before, in ms: a pass is shorter. */
const stillHeldAfterMs = 15;

/**
 * Finds the moments at which a matchmaker fails worst: most of the time it does nothing, and a fault then shows nothing.
 * Looking is without a pause, since it is a matter of a millisecond or two.
 */
export class WorstMoment {
  readonly #valkey: Valkey;

  constructor(valkey: Valkey) {
    this.#valkey = valkey;
  }

  /** Resolves when a pair has just been taken out of the queue and not been announced yet, or when none is. */
  async announcing(): Promise<void> {
    await this.#until(async () => {
      const tickets = await this.#valkey.hvals(`${matchmaking}:tickets`);
      return tickets.some((ticket) => ticket.startsWith('@'));
    });
  }

  /**
   * Stops a matchmaker while it has read the queue and not made its pairs yet, or just so if that does not come.
   *
   * @param stop puts it to sleep
   * @param wake wakes it again: it was the other one
   */
  async pairing(stop: () => void, wake: () => void): Promise<void> {
    const giveUpAt = now() + 3 * patienceMs;
    for (;;) {
      let owner: string | null = null;
      await this.#until(async () => {
        const [token, waiting] = await Promise.all([
          this.#lock(),
          this.#valkey.zcard(`${matchmaking}:queue`),
        ]);
        // With one who waits there is nothing to pair.
        owner = waiting >= 2 ? token : null;
        return owner !== null;
      });
      // It reads the queue first: with what it has not read yet it does no harm.
      await this.#lock().catch(() => null);
      stop();
      await sleep(stillHeldAfterMs);
      const [still, pairs] = await Promise.all([
        this.#lock(),
        this.#valkey.hlen(`${matchmaking}:pending`),
      ]).catch(() => [null, 0] as const);
      // If there is a pair it was too late.
      if ((still !== null && still === owner && pairs === 0) || now() > giveUpAt) return;
      wake();
    }
  }

  #lock(): Promise<string | null> {
    return this.#valkey.get(`${matchmaking}:lock`);
  }

  async #until(look: () => Promise<boolean>): Promise<void> {
    const giveUpAt = now() + patienceMs;
    // Without Valkey there is nothing to see.
    while (now() < giveUpAt && !(await look().catch(() => true)));
  }
}
