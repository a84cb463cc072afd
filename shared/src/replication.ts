/**
 * Waiting until replicas have what was changed (`WAIT`), for whoever sets `WAIT_REPLICAS`: a primary that dies takes
 * with it what it had answered and not yet handed on.
 */
import calculateSlot from 'cluster-key-slot';
import type { Redis } from 'ioredis';
import type { Logger } from './log.ts';
import { isCluster, nodeName, type Valkey } from './valkey.ts';

/** Replicas that do not answer within so long, in ms, have not got a change. */
const waitMs = 500;
/**
 * For so long, in ms, changes that replicas have not got fail: a primary that was paused, or cut off, while another took
 * its place finds that out within that time, and what it answers until then is lost.
 */
const doubtMs = 5_000;
/** A replica that stays away for longer is dead, and play goes on without it: nobody waits again for so long, in ms. */
const goOnMs = 1_000;

/** The connections whose changes are waited for. */
const waiting = new WeakMap<Valkey, Replication>();

/** From now on scripts run by this connection resolve when so many replicas have their changes. */
export function waitForReplicas(valkey: Valkey, replicas: number, log: Logger): void {
  if (replicas > 0) waiting.set(valkey, new Replication(valkey, replicas, log));
}

/**
 * Resolves when what was changed by this connection at a key is with as many replicas as `waitForReplicas` says, or there
 * have not been so many for five seconds; at once when it was not told to wait.
 *
 * @throws NotReplicatedError when replicas have just begun to be missing: it is not known whether the change will last
 */
export const replicated = (valkey: Valkey, key: string): Promise<void> | undefined =>
  waiting.get(valkey)?.confirm(key);

/** A change was made, and may be lost. */
class NotReplicatedError extends Error {
  override name = 'NotReplicatedError';

  constructor(reached: number, wanted: number) {
    super(`only ${reached} of ${wanted} replicas have got the change`);
  }
}

class Replication {
  readonly #valkey: Valkey;
  readonly #replicas: number;
  readonly #log: Logger;
  readonly #nodes = new WeakMap<Redis, NodeReplication>();

  constructor(valkey: Valkey, replicas: number, log: Logger) {
    this.#valkey = valkey;
    this.#replicas = replicas;
    this.#log = log;
  }

  async confirm(key: string): Promise<void> {
    const node = nodeOf(this.#valkey, key);
    // It has just gone: whoever has taken over has what there is.
    if (!node) return;
    let replication = this.#nodes.get(node);
    if (!replication) {
      replication = new NodeReplication(node, this.#replicas, this.#log);
      this.#nodes.set(node, replication);
    }
    await replication.confirm();
  }
}

/** One `WAIT` for all who ask while the one before is under way: it holds up everything behind it on the connection. */
class NodeReplication {
  readonly #node: Redis;
  readonly #replicas: number;
  readonly #log: Logger;
  #underWay: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  /** When replicas began to be missing, and were missed for the last time, by `performance.now`. */
  #missingSince: number | undefined;
  #missedAt = Number.NEGATIVE_INFINITY;
  #isResigned = false;

  constructor(node: Redis, replicas: number, log: Logger) {
    this.#node = node;
    this.#replicas = replicas;
    this.#log = log;
  }

  confirm(): Promise<void> {
    if (this.#isResigned && performance.now() - this.#missedAt < goOnMs) return Promise.resolve();
    // What is under way may have been sent before the change that is asked about.
    if (this.#underWay) {
      this.#next ??= this.#underWay.then(() => {
        this.#next = undefined;
        return this.#begin();
      });
      return this.#next;
    }
    return this.#begin();
  }

  #begin(): Promise<void> {
    this.#underWay = this.#wait().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  async #wait(): Promise<void> {
    // A connection that breaks meanwhile rejects: whether the change has survived is not known.
    const reached = Number(await this.#node.wait(this.#replicas, waitMs));
    const about = { valkey: nodeName(this.#node), replicas: reached, wanted: this.#replicas };
    if (reached >= this.#replicas) {
      if (this.#isResigned) this.#log.info(about, 'replicas are there again');
      this.#missingSince = undefined;
      this.#isResigned = false;
      return;
    }
    this.#missedAt = performance.now();
    this.#missingSince ??= this.#missedAt;
    if (this.#missedAt - this.#missingSince < doubtMs) throw new NotReplicatedError(reached, this.#replicas);
    if (!this.#isResigned)
      this.#log.warn(about, 'replicas are missing: changes are acknowledged without them');
    this.#isResigned = true;
  }
}

function nodeOf(valkey: Valkey, key: string): Redis | undefined {
  if (!isCluster(valkey)) return valkey;
  const [name] = valkey.slots[calculateSlot(key)] ?? [];
  return valkey.nodes('master').find((node) => nodeName(node) === name);
}
