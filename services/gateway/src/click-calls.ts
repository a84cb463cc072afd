import { keys } from '@overcookied/shared/keys.ts';
import { type ClickRange, type Counted, click, clickBy, type Seat } from '@overcookied/shared/match/match.ts';
import type { Subscriptions } from '@overcookied/shared/subscriptions.ts';
import { isCluster, type Valkey } from '@overcookied/shared/valkey.ts';
import { Coalescing } from './coalescing.ts';

/** What a node says whose slot has gone, or is going, to another: it has counted nothing. */
const isElsewhere = ({ message }: Error) => /^(MOVED|ASK|TRYAGAIN|CLUSTERDOWN) /.test(message);

/** Is told what became of clicks, or why it is not known. A promise would cost as much again as the rest of the call. */
export type Told = (error: Error | undefined, counted?: Counted) => void;

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
  count(seat: Seat, range: ClickRange, told: Told): void {
    const near = this.#subscriptions?.of(keys.gameEvents(seat.roomId));
    if (near?.isReady) {
      clickBy(near, seat, range, (error, counted) => {
        // The cluster's connection finds out who has the slot now.
        if (error && isCluster(this.#valkey) && isElsewhere(error)) this.#countFar(seat, range, told);
        else told(error, counted);
      });
    } else {
      this.#countFar(seat, range, told);
    }
    this.#coalescing.called();
  }

  #countFar(seat: Seat, range: ClickRange, told: Told): void {
    click(this.#valkey, seat, range).then((counted) => told(undefined, counted), told);
  }
}
