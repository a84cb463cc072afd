/** What tests look at on a stage. */
import { keyOf } from '../manifests.ts';
import type { Stage } from './stage.ts';
import { lineOf, type World } from './world.ts';

/** The command's own folder, as it is called in arguments. */
export const temporaryFolder = /[^\s=]*\/overcookied-deploy-\w+/g;

/** The calls of the tools, each as it was but for what differs from run to run, or is the same in each. */
export function linesOf({ calls, world }: Stage, revision: string): string[] {
  return calls.map((call) =>
    lineOf(call)
      .replaceAll(temporaryFolder, '<temporary folder>')
      .replaceAll(`${world.outputs.registry}`, '<registry>')
      .replaceAll(revision, '<revision>')
      .replace(`--context=${world.outputs.kube_context} --namespace=overcookied `, '')
      .replace('--server-side --force-conflicts --field-manager=overcookied-deploy ', ''),
  );
}

/** What is in the cluster, but for what only deploys look at. */
export const servicesIn = ({ objects }: World) =>
  objects
    .filter(({ metadata }) => !/^(deploy|release-.*)$/.test(metadata.name))
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b)));

export const isLocked = ({ objects }: World) => objects.some(({ kind }) => kind === 'Lease');

/** Which revision each Deployment runs. */
export const revisionsIn = ({ objects }: World) =>
  Object.fromEntries(
    objects
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ metadata, spec }) => [metadata.name, JSON.stringify(spec).match(/:(\w{40})"/)?.[1]]),
  );
