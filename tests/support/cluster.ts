import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningCluster, startValkeyCluster } from '../../dev/valkey/valkey-cluster.ts';
import { type Stack, startStack } from './stack.ts';

/** A cluster of a test's own; when it is stopped its data is gone. @param persist whether nodes keep theirs until then */
export async function startTestCluster(persist = false): Promise<RunningCluster> {
  const dir = await mkdtemp(join(tmpdir(), 'overcookied-cluster-'));
  const remove = () => rm(dir, { recursive: true, force: true });
  try {
    const cluster = await startValkeyCluster({ dir, persist });
    return { ...cluster, stop: () => cluster.stop().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The whole system on a cluster. */
export interface ClusterStack {
  cluster: RunningCluster;
  stack: Stack;
  stop(): Promise<void>;
}

/**
 * @param rules what to override of the rules
 * @param options.extra what else the services have in their environment
 */
export async function startClusterStack(
  rules: Record<string, unknown>,
  { persist = false, extra = {} }: { persist?: boolean; extra?: Record<string, string> } = {},
): Promise<ClusterStack> {
  const cluster = await startTestCluster(persist);
  try {
    const stack = await startStack(rules, cluster.url, extra);
    return { cluster, stack, stop: () => stack.stop().finally(cluster.stop) };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}
