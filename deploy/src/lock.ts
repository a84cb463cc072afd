import { hostname, userInfo } from 'node:os';
import { stringify } from 'yaml';
import { namespace } from './cluster.ts';
import { CommandError, commandLine } from './command.ts';
import { fileOf, type Plan } from './plan.ts';
import type { Shell } from './shell.ts';

const name = 'deploy';
/** The cluster must not keep anybody waiting over this. */
const patience = '--request-timeout=30s';

/**
 * Keeps others from deploying to the same cluster meanwhile: the Lease `deploy`, which only one can create.
 *
 * @param shell one that no Ctrl-C stops: otherwise nobody would know whether the lock is taken
 * @returns what gives it back
 * @throws Error that says who has it, and how to remove it if they died
 */
export async function takeLock(shell: Shell, plan: Plan): Promise<() => Promise<void>> {
  const { cluster, revision } = plan;
  const file = fileOf(plan, 'lock');
  const remove = cluster.kubectl('delete', 'lease', name, '--ignore-not-found', patience);
  const holderIdentity = `${userInfo().username}@${hostname()}, revision ${revision}`;
  // Kubernetes insists on microseconds.
  const acquireTime = new Date().toISOString().replace('Z', '000Z');
  await shell.write(
    file,
    stringify({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace },
      spec: { holderIdentity, acquireTime },
    }),
  );
  try {
    await shell.run(cluster.kubectl('create', `--filename=${file}`, patience));
  } catch (error) {
    if (!(error instanceof CommandError) || !error.stderr.includes('AlreadyExists')) throw error;
    const holder = await shell.read(
      cluster.kubectl('get', 'lease', name, '--output=json', patience),
      describeHolder,
      '',
    );
    throw new Error(`${holder}; if that deploy has died, remove what it left: ${commandLine(remove)}`);
  }
  return async () => {
    try {
      await shell.run(remove);
    } catch (error) {
      shell.say(`the lock is still there, and keeps others from deploying: ${(error as Error).message}`);
    }
  };
}

function describeHolder(json: string): string {
  const { spec } = JSON.parse(json) as { spec: { holderIdentity: string; acquireTime: string } };
  const minutes = Math.round((Date.now() - Date.parse(spec.acquireTime)) / 60_000);
  return `another deploy is under way, for ${minutes} min: ${spec.holderIdentity}`;
}
