import { parseAllDocuments, stringify } from 'yaml';
import { type ServiceName, serviceNames } from './service-names.ts';

/** One object of Kubernetes. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; [field: string]: unknown };
  [field: string]: unknown;
}

/** What is deployed together: a service, or what all have in common. */
export type Part = ServiceName | 'common';

/** @throws Error when it is not YAML */
export function parseManifests(yaml: string): Manifest[] {
  return parseAllDocuments(yaml).flatMap((document) => {
    const [mistake] = document.errors;
    if (mistake) throw mistake;
    return (document.toJS() as Manifest | null) ?? [];
  });
}

export function writeManifests(manifests: Manifest[]): string {
  return manifests.map((manifest) => stringify(manifest)).join('---\n');
}

export function partOf({ metadata: { labels } }: Manifest): Part {
  const name = labels?.['app.kubernetes.io/name'];
  return serviceNames.find((service) => service === name) ?? 'common';
}

/** Which object it is, whatever version of its kind it is written in. */
export function keyOf({ apiVersion, kind, metadata: { namespace, name } }: Manifest): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return [group, kind, namespace ?? '', name].join('/');
}

/** Those of the first that the second has not. */
export function without(some: Manifest[], others: Manifest[]): Manifest[] {
  const keys = new Set(others.map(keyOf));
  return some.filter((manifest) => !keys.has(keyOf(manifest)));
}

export function deploymentsOf(manifests: Manifest[]): string[] {
  return manifests.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name);
}
