import { keys } from '@overcookied/shared/keys.ts';
import { Script } from '@overcookied/shared/script.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { within } from '@overcookied/shared/within.ts';
import { BoundedMap } from './bounded-map.ts';
import { answerWithinMs } from './limits.ts';

const takeScript = new Script<number>('limit_take', [new URL('take.lua', import.meta.url)], 1);

/** So many who have to wait are remembered here. Of more, Valkey is asked each time. */
const mostWaiting = 10_000;

interface RateOptions {
  valkey: Valkey;
  /** What is limited. */
  name: string;
  perMinute: number;
  /** Told when Valkey does not answer: then it may be done. */
  unchecked(error: Error): void;
}

/** How often one may do something, counted on all gateways together: so many a minute, and as many at once. */
export class Rate {
  readonly #options: RateOptions;
  /** Until when somebody has to wait, by `performance.now()`: meanwhile they are refused without asking Valkey. */
  readonly #waiting = new BoundedMap<string, number>(mostWaiting);

  constructor(options: RateOptions) {
    this.#options = options;
  }

  /**
   * Somebody wants to do it once more.
   *
   * @param who an address, or a player's id
   * @returns 0, or after how many ms they may
   */
  async take(who: string): Promise<number> {
    const left = (this.#waiting.get(who) ?? 0) - performance.now();
    if (left > 0) return Math.ceil(left);
    const { valkey, name, perMinute, unchecked } = this.#options;
    const ask = () => takeScript.run(valkey, [keys.limit(name, who)], 60_000 / perMinute, perMinute);
    try {
      const wait = await within(answerWithinMs, ask);
      if (wait > 0) this.#waiting.set(who, performance.now() + wait);
      return wait;
    } catch (error) {
      unchecked(error as Error);
      return 0;
    }
  }
}
