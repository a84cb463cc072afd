/** Whether External Secrets finds what it is to fetch secrets with, and only there are secrets at all. */
import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import type { ISecretStore } from '@kubernetes-models/external-secrets/external-secrets.io/v1/SecretStore';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { find, type Overlay, ofKind } from '../manifest.ts';
import { didYouMean, type Problem, problemOf } from '../problem.ts';

const roleAnnotation = 'eks.amazonaws.com/role-arn';

export function externalSecretProblems(overlay: Overlay): Problem[] {
  return [
    ...ofKind<ISecretStore>(overlay, 'SecretStore').flatMap((store) => {
      const path = 'spec.provider.aws.auth.jwt.serviceAccountRef.name';
      const name = store.spec?.provider.aws?.auth?.jwt?.serviceAccountRef?.name;
      if (name === undefined) return [];
      const account = find<IServiceAccount>(overlay, 'ServiceAccount', name);
      const names = ofKind(overlay, 'ServiceAccount').map(({ metadata }) => metadata.name);
      if (!account)
        return [problemOf(store, path, `there is no ServiceAccount ${name}${didYouMean(name, names)}`)];
      if (account.metadata.annotations?.[roleAnnotation]) return [];
      const text = `must have a role: SecretStore/${store.metadata.name} reads secrets in its name`;
      return [problemOf(account, `metadata.annotations["${roleAnnotation}"]`, text)];
    }),
    ...ofKind<IExternalSecret>(overlay, 'ExternalSecret').flatMap((secret) => {
      const { kind = 'SecretStore', name } = secret.spec?.secretStoreRef ?? {};
      if (find(overlay, kind, name)) return [];
      const names = ofKind(overlay, kind).map(({ metadata }) => metadata.name);
      const text = `there is no ${kind} ${name}${didYouMean(name ?? '', names)}`;
      return [problemOf(secret, 'spec.secretStoreRef.name', text)];
    }),
  ];
}
