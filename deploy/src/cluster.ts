import { type Command, command } from './command.ts';
import type { Outputs } from './outputs.ts';
import type { Shell } from './shell.ts';

/** Where the game runs in the cluster. */
export const namespace = 'overcookied';

/** Whoever else has changed a field that a manifest sets, by `kubectl edit` or `scale`, is overruled. */
const apply = ['apply', '--server-side', '--force-conflicts', '--field-manager=overcookied-deploy'];

/** The Kubernetes cluster of an environment: its commands. */
export class Cluster {
  readonly #context: string;

  constructor(context: string) {
    this.#context = context;
  }

  kubectl(...args: string[]): Command {
    return command('kubectl', `--context=${this.#context}`, `--namespace=${namespace}`, ...args);
  }

  /** Makes everything in a file so in the cluster. */
  apply(file: string, ...options: string[]): Command {
    return this.kubectl(...apply, ...options, `--filename=${file}`);
  }

  /** Deletes what is in a file; what is gone already is no mistake. */
  delete(file: string): Command {
    return this.kubectl('delete', '--ignore-not-found', '--wait=false', `--filename=${file}`);
  }
}

/**
 * The environment's cluster, if kubectl's context of that name leads there and nowhere else.
 *
 * @throws Error with the command that makes the context
 */
export async function findCluster(shell: Shell, outputs: Outputs): Promise<Cluster> {
  const { kube_context: context, cluster_endpoint: endpoint, cluster_name: name, region } = outputs;
  const cluster = new Cluster(context);
  const update = `aws eks update-kubeconfig --region ${region} --name ${name} --alias ${context}`;
  await shell.read(
    command('kubectl', 'config', 'view', '--output=json'),
    (stdout) => {
      const server = serverOf(stdout, context);
      if (server === endpoint) return;
      const trouble = server ? `leads to ${server}, not to ${endpoint}` : 'is not there';
      throw new Error(`kubectl's context ${context} ${trouble}: ${update}`);
    },
    undefined,
  );
  return cluster;
}

interface KubeConfig {
  contexts: { name: string; context: { cluster: string } }[] | null;
  clusters: { name: string; cluster: { server: string } }[] | null;
}

/** @param config as `kubectl config view` writes it */
function serverOf(config: string, context: string): string | undefined {
  const { contexts, clusters } = JSON.parse(config) as KubeConfig;
  const found = contexts?.find(({ name }) => name === context)?.context.cluster;
  return clusters?.find(({ name }) => name === found)?.cluster.server;
}
