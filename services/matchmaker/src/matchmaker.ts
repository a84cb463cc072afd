import type { Logger } from '@overcookied/shared/log.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import type { Rules } from '@overcookied/shared/rules.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { nanoid } from 'nanoid';
import { announce } from './announce.ts';
import { withLock } from './lock.ts';
import { pair } from './pairing.ts';
import { commit, type PendingPair, readPending, readWaiting } from './pool.ts';

/** As many pairs in one script as keep Valkey busy for a millisecond or two at most. */
const pairsPerCommit = 100;

/** Pairs whoever waits, and finishes what a matchmaker that died left undone. */
export class Matchmaker {
  readonly #valkey: Valkey;
  readonly #rules: Rules;
  readonly #log: Logger;
  readonly #announced;

  constructor(valkey: Valkey, rules: Rules, log: Logger, metrics: Metrics) {
    this.#valkey = valkey;
    this.#rules = rules;
    this.#log = log;
    this.#announced = metrics.counter('matches_announced_total', 'Matches made and told to their gateways.');
  }

  /**
   * Pairs until nobody is left to pair.
   *
   * @returns true when it is worth looking again soon: the lock was not to be had, or a pair fell apart
   */
  async run(): Promise<boolean> {
    let again = false;
    let full = true;
    while (full) {
      full = false;
      // The lock is given back between the batches: a long queue must not outlast it.
      const locked = await withLock(this.#valkey, async (fence) => {
        const left = await readPending(this.#valkey, (pair, error) =>
          this.#log.error({ pair, reason: error.message }, 'pending pair that makes no sense'),
        );
        again = !(await this.#announceAll(left)) || again;
        const pairs = pair(await readWaiting(this.#valkey, pairsPerCommit * 2));
        if (pairs.length === 0) return;
        const named = pairs.map((each) => ({ roomId: nanoid(), pair: each }));
        const committed = await commit(this.#valkey, fence, named);
        again = committed.length < pairs.length || again;
        full = pairs.length === pairsPerCommit && committed.length > 0;
        again = !(await this.#announceAll(committed)) || again;
      });
      if (!locked) return true;
    }
    return again;
  }

  /** @returns false when a pair could not be announced */
  async #announceAll(pairs: PendingPair[]): Promise<boolean> {
    const results = await Promise.all(
      pairs.map(async (each) => {
        const { roomId, p1, p2 } = each;
        let made = false;
        try {
          made = await announce(this.#valkey, each, this.#rules);
        } catch (error) {
          // It is still pending. One that cannot be announced must not keep the others from it.
          this.#log.warn(
            { room: roomId, reason: (error as Error).message },
            'could not announce a match yet',
          );
          return false;
        }
        if (made) {
          this.#announced.inc();
          this.#log.info({ room: roomId, p1: p1.id, p2: p2.id }, 'match announced');
        } else {
          this.#log.warn(
            { room: roomId, p1: p1.id, p2: p2.id },
            'pair taken apart: a player is in another match',
          );
        }
        return made;
      }),
    );
    return results.every(Boolean);
  }
}
