import { join } from 'node:path';
import { stringify } from 'yaml';
import { command } from './command.ts';
import { type Manifest, parseManifests } from './manifests.ts';
import type { Outputs } from './outputs.ts';
import { serviceNames } from './service-names.ts';
import type { Shell } from './shell.ts';

/**
 * Renders the overlay for EKS from a copy, in which what Terraform knows and the images' tags have taken the place of
 * the examples.
 *
 * @param folder in which the copy may lie
 */
export async function renderOverlay(
  shell: Shell,
  folder: string,
  outputs: Outputs,
  revision: string,
): Promise<Manifest[]> {
  const copy = join(folder, 'k8s');
  const overlay = join(copy, 'overlays/eks');
  await shell.copy('k8s', copy);
  await shell.write(join(overlay, 'cluster.env'), clusterEnv(outputs));
  await shell.write(join(overlay, 'images/kustomization.yaml'), imagesComponent(outputs, revision));
  return shell.read(command('kubectl', 'kustomize', overlay), parseManifests, unknownManifests);
}

/** The overlay's `cluster.env`. */
export function clusterEnv(outputs: Outputs): string {
  const roles = outputs.service_role_arns;
  const values = {
    DOMAIN: outputs.domain,
    CERTIFICATE_ARN: outputs.certificate_arn,
    REGION: outputs.region,
    SECRETS_PREFIX: outputs.secrets_prefix,
    VALKEY_ENDPOINT: outputs.valkey_endpoint,
    RECORDS_ENDPOINT: outputs.records_endpoint,
    VPC_CIDR: outputs.vpc_cidr,
    GATEWAY_ROLE_ARN: roles.gateway,
    MATCHMAKER_ROLE_ARN: roles.matchmaker,
    GAME_TICKER_ROLE_ARN: roles['game-ticker'],
    PRACTICE_ROLE_ARN: roles.practice,
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** The overlay's `images/kustomization.yaml`: which image stands for `overcookied/<service>`. */
export function imagesComponent(outputs: Outputs, revision: string): string {
  return stringify({
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    images: serviceNames.map((service) => ({
      name: `overcookied/${service}`,
      newName: outputs.repositories[service],
      // A tag of digits alone would be a number.
      newTag: revision,
    })),
  });
}

/** What a dry run takes for the rendered manifests. */
const unknownManifests: Manifest[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'overcookied' } },
  ...serviceNames.flatMap((name) => {
    const metadata = { name, labels: { 'app.kubernetes.io/name': name } };
    return [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata },
    ];
  }),
];
