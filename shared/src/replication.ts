/**
 * Waiting until replicas have what was changed (`WAIT`), for whoever sets `WAIT_REPLICAS`: a primary that dies takes
 * with it what it had answered and not yet handed on.
 */
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

/**
 * From now on scripts run by this connection, BullMQ's among them, resolve when so many replicas have their changes, or
 * there have not been so many for five seconds. They fail with a NotReplicatedError when replicas have just begun to be
 * missing: it is not known whether the change will last.
 */
export function waitForReplicas(valkey: Valkey, replicas: number, log: Logger): void {
  if (replicas === 0) return;
  const waitAt = (node: Redis) => confirmScripts(node, new NodeReplication(node, replicas, log));
  if (isCluster(valkey)) valkey.on('+node', waitAt);
  else waitAt(valkey);
}

/** What tells its caller the reply to a script, by its call. */
const tellers = new WeakMap<object, (reply: unknown) => void>();

/**
 * Asks the node, and by the connection, that has run a script: on a cluster the slot may have another owner by the time
 * the reply is there, who knows nothing of what is missing.
 */
function confirmScripts(node: Redis, replication: NodeReplication): void {
  const send = node.sendCommand.bind(node);
  node.sendCommand = (command, stream) => {
    if (command.name === 'evalsha' || command.name === 'eval') {
      // Another node may have been asked before, and have refused.
      const tell = tellers.get(command) ?? command.resolve;
      tellers.set(command, tell);
      command.resolve = (reply) => {
        replication.confirm().then(
          () => tell(reply),
          (error: Error) => command.reject(error),
        );
      };
    }
    return send(command, stream);
  };
}

/** A change was made, and may be lost. */
class NotReplicatedError extends Error {
  override name = 'NotReplicatedError';

  constructor(reached: number, wanted: number) {
    super(`only ${reached} of ${wanted} replicas have got the change`);
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
      const next = () => {
        this.#next = undefined;
        return this.#begin();
      };
      // That it fails says nothing about the next.
      this.#next ??= this.#underWay.then(next, next);
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
    const now = performance.now();
    // What was missed long ago, with nothing asked since, is no sign that the replica is dead now.
    if (!this.#isResigned && now - this.#missedAt > doubtMs) this.#missingSince = undefined;
    this.#missedAt = now;
    this.#missingSince ??= now;
    if (now - this.#missingSince < doubtMs) throw new NotReplicatedError(reached, this.#replicas);
    if (!this.#isResigned)
      this.#log.warn(about, 'replicas are missing: changes are acknowledged without them');
    this.#isResigned = true;
  }
}
