/** Whether External Secrets finds what it is to fetch secrets with, and only there are secrets at all. */
import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import type { ISecretStore } from '@kubernetes-models/external-secrets/external-secrets.io/v1/SecretStore';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { find, type Manifest, type Overlay, ofKind } from '../manifest.ts';
import { didYouMean, type Problem, problemOf } from '../problem.ts';

const roleAnnotation = 'eks.amazonaws.com/role-arn';

export function externalSecretProblems(overlay: Overlay): Problem[] {
  return [
    ...ofKind<ISecretStore>(overlay, 'SecretStore').flatMap((store) => storeProblems(overlay, store)),
    ...ofKind<IExternalSecret>(overlay, 'ExternalSecret').flatMap((secret) =>
      secretProblems(overlay, secret),
    ),
  ];
}

function storeProblems(overlay: Overlay, store: Manifest & ISecretStore): Problem[] {
  const { region, auth, service } = store.spec?.provider.aws ?? {};
  if (service !== 'SecretsManager') {
    return [problemOf(store, 'spec.provider.aws.service', `must be SecretsManager, and is ${service}`)];
  }
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region ?? '')) {
    return [problemOf(store, 'spec.provider.aws.region', `must look like eu-central-1, and is ${region}`)];
  }
  const name = auth?.jwt?.serviceAccountRef?.name;
  if (name !== store.metadata.name) {
    const text = `must be ${store.metadata.name}, whose role may read the secret, and is ${name}`;
    return [problemOf(store, 'spec.provider.aws.auth.jwt.serviceAccountRef.name', text)];
  }
  const account = find<IServiceAccount>(overlay, 'ServiceAccount', name);
  if (!account) {
    const names = ofKind(overlay, 'ServiceAccount').map(({ metadata }) => metadata.name);
    const text = `there is no ServiceAccount ${name}${didYouMean(name, names)}`;
    return [problemOf(store, 'spec.provider.aws.auth.jwt.serviceAccountRef.name', text)];
  }
  const role = account.metadata.annotations?.[roleAnnotation];
  const path = `metadata.annotations["${roleAnnotation}"]`;
  if (!role) {
    const text = `must have a role: SecretStore/${store.metadata.name} reads secrets in its name`;
    return [problemOf(account, path, text)];
  }
  // As infra/service-roles.tf calls them.
  if (role.endsWith(`-${name}`)) return [];
  return [problemOf(account, path, `must be the role of ${name}, and is ${role}`)];
}

function secretProblems(overlay: Overlay, secret: Manifest & IExternalSecret): Problem[] {
  const own = secret.metadata.name;
  const { secretStoreRef, dataFrom = [] } = secret.spec ?? {};
  const { kind = 'SecretStore', name } = secretStoreRef ?? {};
  const problems: Problem[] = [];
  if (!find(overlay, kind, name)) {
    const names = ofKind(overlay, kind).map(({ metadata }) => metadata.name);
    const text = `there is no ${kind} ${name}${didYouMean(name ?? '', names)}`;
    problems.push(problemOf(secret, 'spec.secretStoreRef.name', text));
  }
  for (const [index, { extract }] of dataFrom.entries()) {
    // As infra/secrets.tf calls them; a service's role may read no other.
    if (extract === undefined || extract.key.endsWith(`/${own}`)) continue;
    const text = `must end with /${own}, the service's own secret, and is ${extract.key}`;
    problems.push(problemOf(secret, `spec.dataFrom[${index}].extract.key`, text));
  }
  return problems;
}
