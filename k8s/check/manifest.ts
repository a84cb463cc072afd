import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IStatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';

/** An object as kustomize renders it. What is inside is known once the schemas have been checked. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  /** For the reader: the file it comes from, and the overlay it was rendered for. */
  origin: string;
}

/** Everything that one overlay renders to. */
export interface Overlay {
  name: string;
  manifests: Manifest[];
}

/** Namespaces that a cluster has besides ours: its own, and that of Prometheus (docs/kubernetes.md). */
export const foreignNamespaces = ['kube-system', 'monitoring'];

/** An object as its schema has it, and the manifest around it. */
export type Typed<T> = Manifest & T;

/** All objects of a kind. */
export function ofKind<T>({ manifests }: Overlay, kind: string): Typed<T>[] {
  return manifests.filter((manifest) => manifest.kind === kind) as Typed<T>[];
}

/** The object of a kind and name, if there is one. */
export function find<T>(overlay: Overlay, kind: string, name: string | undefined): Typed<T> | undefined {
  return ofKind<T>(overlay, kind).find(({ metadata }) => metadata.name === name);
}

/** What runs pods. */
export interface Workload {
  manifest: Manifest;
  /** Of its pods. */
  labels: Record<string, string>;
  pod: IPodSpec;
  selector: LabelSelector;
  /** Names of the volumes that a StatefulSet claims for each pod. */
  claims: string[];
  /** Undefined where an autoscaler is to say. */
  replicas: number | undefined;
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** Path of a workload's pod. */
export const podPath = 'spec.template.spec';

export function workloads(overlay: Overlay): Workload[] {
  const deployments = ofKind<IDeployment>(overlay, 'Deployment').map((manifest) => ({
    manifest,
    claims: [],
  }));
  const sets = ofKind<IStatefulSet>(overlay, 'StatefulSet').map((manifest) => ({
    manifest,
    claims: (manifest.spec?.volumeClaimTemplates ?? []).map(({ metadata }) => metadata?.name ?? ''),
  }));
  return [...deployments, ...sets].flatMap(({ manifest, claims }) => {
    const { template, selector, replicas } = manifest.spec ?? {};
    if (!template?.spec || !selector) return [];
    const labels = template.metadata?.labels ?? {};
    return [{ manifest, labels, pod: template.spec, selector: selector as LabelSelector, replicas, claims }];
  });
}

/** Names of all volumes that a workload's containers may mount. */
export const volumesOf = ({ pod, claims }: Workload): string[] => [
  ...(pod.volumes ?? []).map(({ name }) => name),
  ...claims,
];

/** Each container of a pod, with its path in the manifest. */
export function containersOf(pod: IPodSpec): { container: IContainer; path: string }[] {
  return [
    ...(pod.initContainers ?? []).map((container, index) => ({
      container,
      path: `${podPath}.initContainers[${index}]`,
    })),
    ...pod.containers.map((container, index) => ({ container, path: `${podPath}.containers[${index}]` })),
  ];
}
