/** Selectors that select nothing, or more than they should. */
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { INamespace } from 'kubernetes-models/v1/Namespace';
import type { IService } from 'kubernetes-models/v1/Service';
import {
  foreignNamespaces,
  type LabelSelector,
  type Manifest,
  type Overlay,
  ofKind,
  podPath,
  type Workload,
  workloads,
} from '../manifest.ts';
import { didYouMean, type Problem, problemOf } from '../problem.ts';
import { selectorText, selects } from '../selector.ts';

/** Labels that every node of a cloud has. */
const topologies = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region', 'kubernetes.io/hostname'];
const namespaceName = 'kubernetes.io/metadata.name';

export function selectorProblems(overlay: Overlay): Problem[] {
  const pods = workloads(overlay);
  const namespaces = [
    ...foreignNamespaces,
    ...ofKind<INamespace>(overlay, 'Namespace').map(({ metadata }) => metadata.name),
  ];
  return [
    ...pods.flatMap(ownSelectors),
    ...ofKind<IService>(overlay, 'Service').flatMap((service) =>
      one(service, 'spec.selector', { matchLabels: service.spec?.selector ?? {} }, pods),
    ),
    ...ofKind<IPodDisruptionBudget>(overlay, 'PodDisruptionBudget').flatMap((budget) =>
      one(budget, 'spec.selector', budget.spec?.selector as LabelSelector, pods),
    ),
    ...ofKind<IPodMonitor>(overlay, 'PodMonitor').flatMap((monitor) =>
      some(monitor, 'spec.selector', monitor.spec.selector as LabelSelector, pods),
    ),
    ...ofKind<INetworkPolicy>(overlay, 'NetworkPolicy').flatMap((policy) => [
      ...some(policy, 'spec.podSelector', (policy.spec?.podSelector ?? {}) as LabelSelector, pods),
      ...peersOf(policy).flatMap(({ path, podSelector, namespaceSelector }) => {
        if (namespaceSelector)
          return namespaceProblems(policy, `${path}.namespaceSelector`, namespaceSelector, namespaces);
        return podSelector ? some(policy, `${path}.podSelector`, podSelector, pods) : [];
      }),
    ]),
  ];
}

interface Peer {
  path: string;
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
}

function peersOf({ spec }: INetworkPolicy): Peer[] {
  const peers = (list: object[] | undefined, path: string) =>
    (list ?? []).map((peer, index) => ({ ...peer, path: `${path}[${index}]` }) as Peer);
  return [
    ...(spec?.ingress ?? []).flatMap(({ from }, index) => peers(from, `spec.ingress[${index}].from`)),
    ...(spec?.egress ?? []).flatMap(({ to }, index) => peers(to, `spec.egress[${index}].to`)),
  ];
}

/** Whoever makes the pods must recognise them, and spread its own and not those of others. */
function ownSelectors({ manifest, selector, labels, pod }: Workload): Problem[] {
  const problems: Problem[] = [];
  const check = (path: string, own: LabelSelector) => {
    if (selects(own, labels)) return;
    const text = `must select its own pods, which have ${selectorText({ matchLabels: labels })}`;
    problems.push(problemOf(manifest, path, `${text}; it selects ${selectorText(own)}`));
  };
  check('spec.selector', selector);
  for (const [index, { labelSelector, topologyKey }] of (pod.topologySpreadConstraints ?? []).entries()) {
    const path = `${podPath}.topologySpreadConstraints[${index}]`;
    check(`${path}.labelSelector`, (labelSelector ?? {}) as LabelSelector);
    if (topologies.includes(topologyKey)) continue;
    const text = `no node has the label ${topologyKey}${didYouMean(topologyKey, topologies)}`;
    problems.push(problemOf(manifest, `${path}.topologyKey`, text));
  }
  return problems;
}

/** A Service of two kinds of pods sends requests to the wrong one; two budgets for one pod let nobody evict it. */
function one(manifest: Manifest, path: string, selector: LabelSelector, pods: Workload[]): Problem[] {
  const selected = pods.filter(({ labels }) => selects(selector, labels));
  if (selected.length < 2) return some(manifest, path, selector, pods);
  const names = selected.map((workload) => workload.manifest.metadata.name).join(' and ');
  return [problemOf(manifest, path, `must select the pods of one service, and selects those of ${names}`)];
}

function some(manifest: Manifest, path: string, selector: LabelSelector, pods: Workload[]): Problem[] {
  if (pods.some(({ labels }) => selects(selector, labels))) return [];
  const there = [...new Set(pods.map(({ labels }) => selectorText({ matchLabels: labels })))].join('; ');
  return [
    problemOf(manifest, path, `selects nothing: no pod has ${selectorText(selector)}. There are: ${there}`),
  ];
}

function namespaceProblems(
  manifest: Manifest,
  path: string,
  selector: LabelSelector,
  namespaces: string[],
): Problem[] {
  if (namespaces.some((name) => selects(selector, { [namespaceName]: name }))) return [];
  const text = `selects nothing: no namespace has ${selectorText(selector)}`;
  const hint = didYouMean(selector.matchLabels?.[namespaceName] ?? '', namespaces);
  return [problemOf(manifest, path, text + (hint || `. There are: ${namespaces.join(', ')}`))];
}
