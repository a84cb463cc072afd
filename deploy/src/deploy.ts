import { imageOf, provideImage } from './images.ts';
import { takeLock } from './lock.ts';
import { deploymentsOf, writeManifests } from './manifests.ts';
import type { Options } from './options.ts';
import { fileOf, makePlan, type Plan } from './plan.ts';
import { serviceNames } from './service-names.ts';
import type { Shell, Shells } from './shell.ts';
import { Upgrade } from './upgrade.ts';

/**
 * Deploys the commit that is checked out: builds and pushes its images, applies its manifests, waits for the roll-out and
 * plays a match. If any of it fails once the services are being changed, what ran before is put back.
 *
 * @returns what was deployed
 * @throws Error that says what failed, the services being as they were; UpgradeError once they are being changed
 */
export async function deploy(options: Options, shells: Shells): Promise<Plan> {
  const { forward, last } = shells;
  const folder = await forward.makeFolder();
  try {
    const plan = await makePlan(options, forward, folder);
    forward.begin('Nobody else may deploy meanwhile');
    await createNamespace(plan, forward);
    const unlock = await takeLock(last, plan);
    try {
      await checkAndBuild(plan, forward);
      await new Upgrade(plan, shells).run();
      return plan;
    } finally {
      last.begin('Others may deploy again');
      await unlock();
    }
  } finally {
    await last.remove(folder);
  }
}

/** The lock is in the namespace, which the very first deploy has to make. */
async function createNamespace(plan: Plan, shell: Shell): Promise<void> {
  const namespace = plan.manifests.filter(({ kind }) => kind === 'Namespace');
  if (namespace.length === 0) return;
  const file = fileOf(plan, 'namespace');
  await shell.write(file, writeManifests(namespace), 'the namespace, as rendered');
  await shell.run(plan.cluster.apply(file));
}

/** What can be found wrong before any service is touched, is found here. */
async function checkAndBuild(plan: Plan, shell: Shell): Promise<void> {
  const { options, revision, outputs, cluster, manifests } = plan;
  shell.begin('Would the cluster take the manifests?');
  const file = fileOf(plan, 'release');
  await shell.write(file, writeManifests(manifests), 'the manifests, as rendered');
  await shell.run(cluster.apply(file, '--dry-run=server'));
  const deployments = deploymentsOf(manifests);
  for (const service of serviceNames.filter((name) => deployments.includes(name))) {
    await provideImage(shell, imageOf(service, outputs, revision), options.platform);
  }
}
