import type { Logger } from '@overcookied/shared/log.ts';
import type { Metrics } from '@overcookied/shared/metrics.ts';
import { ratingOf } from '@overcookied/shared/queue/queue.ts';
import type { Rules } from '@overcookied/shared/rules.ts';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import { nanoid } from 'nanoid';
import { announce } from './announce.ts';
import { withLock } from './lock.ts';
import { nextChance, pair } from './pairing.ts';
import { commit, type PendingPair, readAbandoned, readPair, readQueue } from './pool.ts';

/**
 * So many of those who have waited longest are paired at a time. Among so many nearly everybody finds somebody at
 * once: players who do not accept each other are at least 50 points apart, and ratings span a few thousand. So
 * nobody is hidden behind others for whom there is nobody.
 */
const window = 2_000;
/** As many pairs in one script as keep Valkey busy for half a millisecond. */
const pairsPerCommit = 50;
/** A pair that is not announced so long after it was made was left behind by a matchmaker that died, in ms. */
const abandonedMs = 1_000;
/** How often pairs are looked for that were left behind, in ms, when one pass follows the other. */
const abandonedEveryMs = 250;
/** How soon to try again what did not work out, in ms. */
const retryMs = 1_000;

/** Pairs whoever waits in the common queue, and announces pairs, also those that a dead matchmaker left behind. */
export class Matchmaker {
  readonly #valkey: Valkey;
  readonly #rules: Rules;
  readonly #log: Logger;
  readonly #announced;
  readonly #waited;
  readonly #distances;
  /** The pass that is under way, or the latest: there is one at a time. */
  #tail: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  /** When the timer goes off, by `performance.now()`. */
  #timerAt = Number.POSITIVE_INFINITY;
  #stopped = false;

  constructor(valkey: Valkey, rules: Rules, log: Logger, metrics: Metrics) {
    this.#valkey = valkey;
    this.#rules = rules;
    this.#log = log;
    this.#announced = metrics.counter('matches_announced_total', 'Matches made and told to their gateways.', [
      'mode',
    ]);
    this.#waited = metrics.histogram(
      'queue_wait_seconds',
      'How long players had waited in the common queue when they were paired.',
      [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60],
    );
    this.#distances = metrics.histogram(
      'pair_rating_distance_points',
      'How far apart the ratings of two are who were paired out of the common queue.',
      [10, 25, 50, 100, 200, 400, 800, 1600],
    );
  }

  /**
   * Pairs whoever can be paired, and looks again by itself when somebody accepts more.
   *
   * @throws Error when Valkey cannot be reached; whoever was taken out of the queue is in `pending` then
   */
  run(): Promise<void> {
    const run = this.#tail.then(() => this.#run());
    this.#tail = run.catch(() => {});
    return run;
  }

  /** Announces the pair of this room, unless somebody has. @throws Error when Valkey cannot be reached */
  async announce(roomId: string): Promise<void> {
    const pair = await readPair(this.#valkey, roomId);
    if (pair) await this.#announceAll([pair]);
  }

  /** Ends what is under way; nothing is begun any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#clearTimer();
    await this.#tail;
  }

  async #run(): Promise<void> {
    this.#clearTimer();
    let more = true;
    let lookedAt = Number.NEGATIVE_INFINITY;
    while (more && !this.#stopped) {
      // Between the passes too: a queue may be long, and whoever was left behind has waited long enough.
      if (performance.now() - lookedAt > abandonedEveryMs) {
        lookedAt = performance.now();
        await this.#announceAbandoned();
      }
      const pass = await this.#pass();
      // Not under the lock: meanwhile another matchmaker may pair, and these are safe in `pending`.
      await this.#announceAll(pass.committed);
      more = !pass.isWhole && pass.committed.length > 0;
      if (!more && pass.againInMs !== undefined) this.#lookAgainIn(pass.againInMs);
    }
  }

  async #announceAbandoned(): Promise<void> {
    const { pairs, moreInMs } = await readAbandoned(this.#valkey, abandonedMs, this.#unreadable);
    if (moreInMs !== undefined) this.#lookAgainIn(moreInMs);
    await this.#announceAll(pairs);
  }

  /** Pairs those who have waited longest, once. */
  async #pass(): Promise<{ committed: PendingPair[]; isWhole: boolean; againInMs: number | undefined }> {
    const committed: PendingPair[] = [];
    let isWhole = true;
    let againInMs: number | undefined;
    const locked = await withLock(this.#valkey, async (fence) => {
      const queue = await readQueue(this.#valkey, window, this.#unreadable);
      const pairs = pair(queue.waiting, queue.now);
      for (let i = 0; i < pairs.length; i += pairsPerCommit) {
        const some = pairs.slice(i, i + pairsPerCommit);
        const taken = await commit(
          this.#valkey,
          fence,
          some.map(([p1, p2]) => ({ roomId: nanoid(), p1: p1.id, p2: p2.id })),
        );
        if (taken === 'fenced') {
          this.#log.warn('the lock ran out on the way: another matchmaker goes on');
          againInMs = retryMs;
          return;
        }
        committed.push(...taken);
        // Somebody has left on the way, so that somebody else is alone again: the whole queue knows better.
        if (taken.length < some.length) againInMs = 0;
      }
      isWhole = queue.isWhole;
      const paired = new Set(pairs.flat());
      const chance = nextChance(queue.waiting.filter((each) => !paired.has(each)));
      if (chance !== undefined) againInMs = Math.min(chance - queue.now, againInMs ?? Infinity);
    });
    for (const { roomId, p1, p2, since, at } of committed) {
      const waited = since.map((began) => Math.max(0, at - began));
      for (const ms of waited) this.#waited.observe(ms / 1_000);
      this.#log.info(
        { room: roomId, players: [p1.id, p2.id], waitedMs: waited.map(Math.round) },
        'players paired',
      );
      this.#distances.observe(Math.abs(ratingOf(p1) - ratingOf(p2)));
    }
    return { committed, isWhole, againInMs: locked ? againInMs : 0 };
  }

  /** What could not be announced is looked at again soon. */
  async #announceAll(pairs: PendingPair[]): Promise<void> {
    await Promise.all(
      pairs.map(async (each) => {
        const { roomId, p1, p2 } = each;
        const fields = { room: roomId, mode: p1.mode, players: [p1.id, p2.id] };
        try {
          if (await announce(this.#valkey, each, this.#rules)) {
            this.#announced.inc({ mode: p1.mode });
            this.#log.info(fields, 'match announced');
            return;
          }
          this.#log.warn(fields, 'pair taken apart: a player is in another match');
        } catch (error) {
          // It is still pending. One that cannot be announced must not keep the others from it.
          this.#log.warn({ ...fields, reason: (error as Error).message }, 'could not announce a match yet');
        }
        this.#lookAgainIn(retryMs);
      }),
    );
  }

  /** Looks again after so long, or sooner if that was asked for before. */
  #lookAgainIn(inMs: number): void {
    const at = performance.now() + inMs;
    if (this.#stopped || at >= this.#timerAt) return;
    this.#clearTimer();
    this.#timerAt = at;
    const look = () => {
      this.run().catch((error: Error) => {
        // Not a warning: the connection has given one. Everything is looked at again when it is back.
        this.#log.debug({ reason: error.message }, 'could not look at the queue');
      });
    };
    this.#timer = setTimeout(look, Math.max(0, Math.ceil(inMs)));
  }

  #clearTimer(): void {
    clearTimeout(this.#timer);
    this.#timerAt = Number.POSITIVE_INFINITY;
  }

  readonly #unreadable = (entry: string, error: Error): void => {
    this.#log.error({ entry: entry.slice(0, 200), reason: error.message }, 'entry that makes no sense');
  };
}
