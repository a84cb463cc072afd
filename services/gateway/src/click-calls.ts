import { keys } from '@overcookied/shared/keys.ts';
import { type ClickRange, type Counted, click, type Seat } from '@overcookied/shared/match/match.ts';
import type { Subscriptions } from '@overcookied/shared/subscriptions.ts';
import { isCluster, type Valkey } from '@overcookied/shared/valkey.ts';
import { Coalescing } from './coalescing.ts';

/** What a node says whose slot has gone, or is going, to another: it has counted nothing. */
const isElsewhere = ({ message }: Error) => /^(MOVED|ASK|TRYAGAIN|CLUSTERDOWN) /.test(message);

/**
 * How this gateway's clicks are counted: by the connection that brings the match's events, where there is one. The node then
 * writes event and reply at once, and here they are read at once.
 */
export class ClickCalls {
  readonly #valkey: Valkey;
  readonly #subscriptions: Subscriptions | undefined;
  readonly #coalescing = new Coalescing();

  /** @param subscriptions absent where changes wait for replicas, which only `valkey` sees to */
  constructor(valkey: Valkey, subscriptions: Subscriptions | undefined) {
    this.#valkey = valkey;
    this.#subscriptions = subscriptions;
  }

  /** As `click` of a match. */
  count(seat: Seat, range: ClickRange): Promise<Counted> {
    const counted = this.#count(seat, range);
    this.#coalescing.called();
    return counted;
  }

  async #count(seat: Seat, range: ClickRange): Promise<Counted> {
    const near = this.#subscriptions?.of(keys.gameEvents(seat.roomId));
    if (near?.status !== 'ready') return click(this.#valkey, seat, range);
    try {
      return await click(near, seat, range);
    } catch (error) {
      // The cluster's connection finds out who has the slot now.
      if (isCluster(this.#valkey) && isElsewhere(error as Error)) return click(this.#valkey, seat, range);
      throw error;
    }
  }
}
