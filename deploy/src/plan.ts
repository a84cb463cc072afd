import { join } from 'node:path';
import { describe } from '../../k8s/check/problem.ts';
import { placeholderProblems } from '../../k8s/check/rules/placeholders.ts';
import { type Cluster, findCluster } from './cluster.ts';
import { type Manifest, partOf } from './manifests.ts';
import type { Options } from './options.ts';
import { type Outputs, readOutputs } from './outputs.ts';
import { renderOverlay } from './overlay.ts';
import { readRevision } from './revision.ts';
import type { Shell } from './shell.ts';

/** What a deploy finds out before it changes anything. */
export interface Plan {
  options: Options;
  revision: string;
  outputs: Outputs;
  cluster: Cluster;
  /** What is to be in the cluster: everything, or what belongs to the one service. */
  manifests: Manifest[];
  /** Everything, in any case. */
  rendered: Manifest[];
  /** For what lies around on the way. */
  folder: string;
}

/** @throws Error that says what is not as it must be */
export async function makePlan(options: Options, shell: Shell, folder: string): Promise<Plan> {
  shell.begin('The revision: what is checked out, and nothing else');
  const revision = await readRevision(shell);
  shell.begin(`What Terraform knows of ${options.env}`);
  const outputs = await readOutputs(shell, options.env);
  shell.begin('The cluster');
  const cluster = await findCluster(shell, outputs);
  shell.begin('The manifests');
  const rendered = await renderOverlay(shell, folder, outputs, revision);
  refuseExamples(rendered);
  const { service } = options;
  const manifests = service ? rendered.filter((manifest) => partOf(manifest) === service) : rendered;
  if (manifests.length === 0) {
    throw new Error(`k8s/overlays/eks leaves ${service} out: there is nothing to deploy`);
  }
  return { options, revision, outputs, cluster, manifests, rendered, folder };
}

/** A value that has not come to its place would be applied as it stands there: `host: cluster.env`. */
function refuseExamples(manifests: Manifest[]): void {
  const name = 'eks';
  const overlay = {
    name,
    manifests: manifests.map((manifest) => ({ ...manifest, origin: `k8s (${name})` })),
  };
  const problems = placeholderProblems(overlay);
  if (problems.length > 0) throw new Error(problems.map(describe).join('\n'));
}

/** A file in the folder of the deploy. */
export const fileOf = ({ folder }: Plan, name: string): string => join(folder, `${name}.yaml`);
