import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { ISecret } from 'kubernetes-models/v1/Secret';
import { find, type Manifest, type Overlay } from './manifest.ts';

/** A variable of a container, and where its value is written. */
export interface Variable {
  name: string;
  /** Undefined where it is known only in the cluster. */
  value: string | undefined;
  manifest: Manifest;
  path: string;
}

interface Environment {
  variables: Variable[];
  /** Whether all of it is in the manifests: what a Secret brings that another program makes is not. */
  isComplete: boolean;
}

/** What a container of a manifest finds in its environment; of several variables of a name the last counts. */
export function environmentOf(
  overlay: Overlay,
  manifest: Manifest,
  { container, path }: { container: IContainer; path: string },
): Environment {
  const variables: Variable[] = [];
  let isComplete = true;
  for (const { configMapRef, secretRef } of container.envFrom ?? []) {
    const config = find<IConfigMap>(overlay, 'ConfigMap', configMapRef?.name);
    if (config) variables.push(...variablesIn(config, config.data));
    const secret = find<ISecret>(overlay, 'Secret', secretRef?.name);
    if (secret) variables.push(...variablesIn(secret, decoded(secret.data)));
    else if (secretRef) isComplete = false;
  }
  for (const [index, { name, value, valueFrom }] of (container.env ?? []).entries()) {
    variables.push({
      name,
      // Kubernetes' names are no secret, and what they are matters to nobody who checks.
      value: valueFrom?.fieldRef ? 'a-name' : value,
      manifest,
      path: `${path}.env[${index}]`,
    });
  }
  return { variables, isComplete };
}

/** Those whose values are known. */
export function knownValues(variables: Variable[]): Record<string, string> {
  return Object.fromEntries(
    variables.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
}

const variablesIn = (manifest: Manifest, data: Record<string, string> = {}): Variable[] =>
  Object.entries(data).map(([name, value]) => ({ name, value, manifest, path: `data.${name}` }));

const decoded = (data: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, Buffer.from(value, 'base64').toString('utf8')]),
  );
