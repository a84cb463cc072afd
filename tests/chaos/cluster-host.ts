import { setTimeout as sleep } from 'node:timers/promises';
import calculateSlot from 'cluster-key-slot';
import {
  type ClusterNode,
  type RunningCluster,
  startValkeyCluster,
} from '../../dev/valkey/valkey-cluster.ts';
import { moveSlot } from '../support/reshard.ts';
import type { ValkeyFault } from './history.ts';
import type { Host } from './host.ts';
import { Random } from './random.ts';

const slotCount = 16_384;
/** So many slots move at a time, besides the one of the queue. */
const slotsMoved = 40;
/** Slot of `{matchmaking}`, which has the queue and all that belongs to it. */
const queueSlot = calculateSlot('{matchmaking}');

/** A Valkey Cluster of three primaries with a replica each, of which one primary at a time fails, or gives slots away. */
export class ClusterHost implements Host {
  readonly hasLinks = false;
  readonly #cluster: RunningCluster;
  readonly #random: Random;

  private constructor(cluster: RunningCluster, random: Random) {
    this.#cluster = cluster;
    this.#random = random;
  }

  static async start(dir: string, seed: number): Promise<ClusterHost> {
    return new ClusterHost(await startValkeyCluster({ dir, persist: true }), new Random(seed));
  }

  get url(): string {
    return this.#cluster.url;
  }

  /** Resolves when all slots are served again and each primary has a replica that is in step. */
  async fail(what: ValkeyFault, forMs: number): Promise<void> {
    if (what === 'reshard') await this.#reshard();
    else await this.#failPrimary(await this.#cluster.ownerOf(this.#anySlot()), what, forMs);
    await this.#cluster.healthy();
  }

  async stop(): Promise<void> {
    // One may be asleep.
    for (const { process } of this.#cluster.nodes) process.kill('SIGCONT');
    await this.#cluster.stop();
  }

  async #failPrimary(primary: ClusterNode, what: 'kill' | 'restart' | 'sleep', forMs: number): Promise<void> {
    if (what === 'restart') return this.#handOver(primary);
    primary.process.kill(what === 'kill' ? 'SIGKILL' : 'SIGSTOP');
    await sleep(forMs);
    if (what === 'kill') await this.#cluster.revive(primary);
    else primary.process.kill('SIGCONT');
  }

  /** What an operator does before a primary is taken down: its replica takes over without losing anything. */
  async #handOver(primary: ClusterNode): Promise<void> {
    const others = this.#cluster.nodes.filter((node) => node !== primary);
    for (const { connection } of others) {
      const replication = String(await connection.call('INFO', 'replication'));
      if (!new RegExp(`^master_port:${primary.port}\\r?$`, 'm').test(replication)) continue;
      await connection.call('CLUSTER', 'FAILOVER');
      return;
    }
  }

  async #reshard(): Promise<void> {
    const from = await this.#cluster.ownerOf(queueSlot);
    const to = await this.#otherThan(from);
    await moveSlot(this.#cluster, queueSlot, from, to);
    for (let moved = 0; moved < slotsMoved; moved++) {
      const slot = this.#anySlot();
      const owner = await this.#cluster.ownerOf(slot);
      await moveSlot(this.#cluster, slot, owner, await this.#otherThan(owner));
    }
  }

  async #otherThan(owner: ClusterNode): Promise<ClusterNode> {
    for (;;) {
      const other = await this.#cluster.ownerOf(this.#anySlot());
      if (other !== owner) return other;
    }
  }

  #anySlot(): number {
    return Math.floor(this.#random.between(0, slotCount));
  }
}
