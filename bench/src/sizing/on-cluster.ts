import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeValkey, connectValkey, whenReady } from '@overcookied/shared/valkey.ts';
import { type RunningCluster, startValkeyCluster } from '../../../dev/valkey/valkey-cluster.ts';
import { Service } from '../service.ts';
import { log, type Stage } from '../stage.ts';

/** As many as a cluster has at least, if it is to replace one by itself. */
export const shards = 3;

export type ClusterStage = Pick<Stage, 'valkey' | 'start'> & { cluster: RunningCluster };

/**
 * Does some work beside a cluster, each of whose primaries has a replica. Ends everything that it started.
 *
 * @param stop ends the work when it is aborted
 * @param count how many primaries it has
 */
export async function onCluster(
  stop: AbortSignal,
  work: (stage: ClusterStage) => Promise<void>,
  count = shards,
): Promise<void> {
  stop.throwIfAborted();
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-bench-'));
  const cluster = await startValkeyCluster({ dir, primaries: count });
  const valkey = connectValkey(cluster.url, log);
  const services: Service[] = [];
  const env = { VALKEY_URL: cluster.url, JWT_SECRET: 'a secret of the bench which nobody has to keep' };
  try {
    await whenReady(valkey);
    const stage: ClusterStage = {
      cluster,
      valkey,
      start: async (name) => {
        const service = await Service.start(name, { ...env, PRACTICE_AFTER_MS: 'off' }, dir);
        services.push(service);
        return service;
      },
    };
    await Promise.race([
      work(stage),
      new Promise((_, reject) => stop.addEventListener('abort', () => reject(stop.reason))),
    ]);
  } finally {
    await Promise.all(services.map((service) => service.stop()));
    await closeValkey(valkey);
    await cluster.stop();
    await rm(dir, { recursive: true, force: true });
  }
}
