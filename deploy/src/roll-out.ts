import type { Cluster } from './cluster.ts';
import { CommandError } from './command.ts';
import { deploymentsOf, type Manifest } from './manifests.ts';
import type { Shell } from './shell.ts';

const lastLogLines = 20;

/**
 * Waits until every pod is one of these manifests', and ready. Where that does not come to pass, shows why.
 *
 * @param seconds how long each Deployment may take
 * @throws CommandError
 */
export async function awaitRollOut(
  shell: Shell,
  cluster: Cluster,
  manifests: Manifest[],
  seconds: number,
): Promise<void> {
  for (const name of deploymentsOf(manifests)) {
    try {
      await shell.run(cluster.kubectl('rollout', 'status', `deployment/${name}`, `--timeout=${seconds}s`));
    } catch (error) {
      if (error instanceof CommandError) await showWhy(shell, cluster, name);
      throw error;
    }
  }
}

async function showWhy(shell: Shell, cluster: Cluster, name: string): Promise<void> {
  const selector = `--selector=app.kubernetes.io/name=${name}`;
  shell.begin(`Why ${name} does not get ready`);
  for (const command of [
    cluster.kubectl('get', 'pods', selector, '--output=wide'),
    cluster.kubectl('get', 'events', '--field-selector=type=Warning', '--sort-by=.lastTimestamp'),
    cluster.kubectl('logs', selector, '--prefix', `--tail=${lastLogLines}`),
  ]) {
    // A pod that never began has no logs, and whatever fails here is not what went wrong.
    await shell.run(command).catch((error: Error) => shell.say(error.message));
  }
}
