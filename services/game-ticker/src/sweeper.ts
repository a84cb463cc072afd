import { beatMs, forget, heldBy, takeSilent, type Watch } from '@overcookied/shared/connections/gateways.ts';
import { sayGone } from '@overcookied/shared/connections/goodbye.ts';
import type { Logger } from '@overcookied/shared/log.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';

/**
 * Says goodbye for gateways that died: their players leave the queue, and count as away in their matches. Without it
 * people would be paired with ghosts, and play against nobody to the end.
 */
export class Sweeper {
  readonly #valkey: Valkey;
  readonly #log: Logger;
  readonly #swept;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #watch: Watch | undefined;

  constructor(valkey: Valkey, log: Logger, metrics: Metrics) {
    this.#valkey = valkey;
    this.#log = log;
    this.#swept = metrics.counter(
      'gateways_swept_total',
      'Gateways that died, whose players were said to be gone.',
    );
  }

  start(): void {
    this.#timer = setTimeout(async () => {
      try {
        await this.#sweep();
      } catch (error) {
        this.#log.debug({ reason: (error as Error).message }, 'could not sweep');
      }
      if (!this.#stopped) this.start();
    }, beatMs);
  }

  /** A sweep that is under way is done again by another ticker. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #sweep(): Promise<void> {
    const { watch, silent } = await takeSilent(this.#valkey, this.#watch);
    this.#watch = watch;
    for (const gateway of silent) {
      let players = 0;
      for await (const held of heldBy(this.#valkey, gateway)) {
        if (this.#stopped) return;
        await Promise.all(
          held.map(({ playerId, connection }) => sayGone(this.#valkey, playerId, connection)),
        );
        players += held.length;
      }
      await forget(this.#valkey, gateway);
      this.#swept.inc();
      this.#log.info({ gateway, held: players }, 'a gateway is dead: its players are gone');
    }
  }
}
