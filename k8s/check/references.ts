import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { containersOf, podPath } from './manifest.ts';

/** A place where a pod asks for a ConfigMap or Secret, or for a key of one. */
export interface Reference {
  kind: 'ConfigMap' | 'Secret';
  name: string;
  /** Undefined where all keys are meant. */
  key?: string;
  path: string;
  /** As variables of a service, or in another way. */
  service?: string;
}

/** All that a pod asks for. */
export function referencesOf(pod: IPodSpec): Reference[] {
  return [
    ...containersOf(pod).flatMap(({ container, path }) => [
      ...fromEnvFrom(container, path),
      ...fromEnv(container, path),
    ]),
    ...(pod.volumes ?? []).flatMap(({ configMap, secret }, index) => {
      const path = `${podPath}.volumes[${index}]`;
      return [
        ...(configMap?.name
          ? [{ kind: 'ConfigMap' as const, name: configMap.name, path: `${path}.configMap.name` }]
          : []),
        ...(secret?.secretName
          ? [{ kind: 'Secret' as const, name: secret.secretName, path: `${path}.secret.secretName` }]
          : []),
      ];
    }),
  ];
}

function fromEnvFrom({ name, envFrom = [] }: IContainer, path: string): Reference[] {
  return envFrom.flatMap(({ configMapRef, secretRef }, index) => {
    const at = (kind: 'ConfigMap' | 'Secret', field: string, target: string | undefined): Reference[] =>
      target === undefined
        ? []
        : [{ kind, name: target, path: `${path}.envFrom[${index}].${field}.name`, service: name }];
    return [
      ...at('ConfigMap', 'configMapRef', configMapRef?.name),
      ...at('Secret', 'secretRef', secretRef?.name),
    ];
  });
}

function fromEnv({ env = [] }: IContainer, path: string): Reference[] {
  return env.flatMap(({ valueFrom }, index) => {
    const at = (kind: 'ConfigMap' | 'Secret', field: 'configMapKeyRef' | 'secretKeyRef'): Reference[] => {
      const { name, key } = valueFrom?.[field] ?? {};
      return name && key ? [{ kind, name, key, path: `${path}.env[${index}].valueFrom.${field}` }] : [];
    };
    return [...at('ConfigMap', 'configMapKeyRef'), ...at('Secret', 'secretKeyRef')];
  });
}
