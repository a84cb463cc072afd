/** How many pods there are: who has the say, and whether any may ever be taken away. */
import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import {
  type LabelSelector,
  type Manifest,
  type Overlay,
  ofKind,
  type Workload,
  workloads,
} from '../manifest.ts';
import { didYouMean, type Problem, problemOf } from '../problem.ts';
import { selects } from '../selector.ts';

/** Whatever scales pods. */
interface Autoscaler {
  manifest: Manifest;
  kind: string;
  name: string;
  least: number;
  most: number;
  /** Names of the fields for `least` and `most`. */
  fields: [least: string, most: string];
}

export function scalingProblems(overlay: Overlay): Problem[] {
  const pods = workloads(overlay);
  const autoscalers = autoscalersOf(overlay);
  return [
    ...autoscalers.flatMap((autoscaler) => autoscalerProblems(autoscaler, autoscalers, pods)),
    ...ofKind<IHorizontalPodAutoscaler>(overlay, 'HorizontalPodAutoscaler').flatMap(resourceProblems),
    ...pods.flatMap((workload) => replicaProblems(workload, autoscalers, pods)),
    ...ofKind<IPodDisruptionBudget>(overlay, 'PodDisruptionBudget').flatMap((budget) =>
      budgetProblems(budget, pods, autoscalers),
    ),
  ];
}

function autoscalersOf(overlay: Overlay): Autoscaler[] {
  return [
    ...ofKind<IHorizontalPodAutoscaler>(overlay, 'HorizontalPodAutoscaler').flatMap((manifest) => {
      if (!manifest.spec) return [];
      const { scaleTargetRef, minReplicas = 1, maxReplicas } = manifest.spec;
      const fields: Autoscaler['fields'] = ['minReplicas', 'maxReplicas'];
      const { kind, name } = scaleTargetRef;
      return { manifest, kind, name, least: minReplicas, most: maxReplicas, fields };
    }),
    ...ofKind<IScaledObject>(overlay, 'ScaledObject').map((manifest) => {
      const { scaleTargetRef, minReplicaCount = 0, maxReplicaCount = 100 } = manifest.spec;
      const fields: Autoscaler['fields'] = ['minReplicaCount', 'maxReplicaCount'];
      const { kind = 'Deployment', name } = scaleTargetRef;
      return { manifest, kind, name, least: minReplicaCount, most: maxReplicaCount, fields };
    }),
  ];
}

const isTarget = ({ kind, name }: Autoscaler, { manifest }: Workload) =>
  manifest.kind === kind && manifest.metadata.name === name;

function autoscalerProblems(autoscaler: Autoscaler, all: Autoscaler[], pods: Workload[]): Problem[] {
  const { manifest, kind, name, least, most, fields } = autoscaler;
  const problems: Problem[] = [];
  if (!pods.some((workload) => isTarget(autoscaler, workload))) {
    const names = pods.map((workload) => workload.manifest.metadata.name);
    const hint = didYouMean(name, names) || `; there are ${names.join(', ')}`;
    problems.push(
      problemOf(manifest, 'spec.scaleTargetRef', `scales nothing: there is no ${kind} ${name}${hint}`),
    );
  }
  const rival = all
    .slice(0, all.indexOf(autoscaler))
    .find((other) => other.kind === kind && other.name === name);
  if (rival) {
    const text = `${kind} ${name} is scaled by ${rival.manifest.kind}/${rival.manifest.metadata.name} as well: they would undo each other's work`;
    problems.push(problemOf(manifest, 'spec.scaleTargetRef', text));
  }
  if (least < 1) {
    const text = 'must be at least 1: without a pod nobody notices that one is needed';
    problems.push(problemOf(manifest, `spec.${fields[0]}`, text));
  }
  if (most < least) {
    const text = `must be at least ${fields[0]}, which is ${least}; it is ${most}`;
    problems.push(problemOf(manifest, `spec.${fields[1]}`, text));
  }
  return problems;
}

const resources = ['cpu', 'memory'];

function resourceProblems(autoscaler: Manifest & IHorizontalPodAutoscaler): Problem[] {
  return (autoscaler.spec?.metrics ?? []).flatMap(({ resource }, index) => {
    if (resource === undefined || resources.includes(resource.name)) return [];
    const text = `must be one of ${resources.join(', ')}, and is ${resource.name}`;
    return [problemOf(autoscaler, `spec.metrics[${index}].resource.name`, text)];
  });
}

function replicaProblems(workload: Workload, autoscalers: Autoscaler[], pods: Workload[]): Problem[] {
  const { manifest, replicas } = workload;
  const autoscaler = autoscalers.find((each) => isTarget(each, workload));
  if (autoscaler && replicas !== undefined) {
    const text = `must not be set: ${autoscaler.manifest.kind}/${autoscaler.manifest.metadata.name} has the say, and each deploy would undo its decision`;
    return [problemOf(manifest, 'spec.replicas', text)];
  }
  // One that is meant for it by a wrong name is found fault with already.
  const isAstray = autoscalers.some((each) => !pods.some((pod) => isTarget(each, pod)));
  if (!autoscaler && !isAstray && replicas === undefined) {
    return [problemOf(manifest, 'spec.replicas', 'is missing, and no autoscaler has the say')];
  }
  return [];
}

/** A budget that lets no pod go holds up every upgrade of the nodes. */
function budgetProblems(
  budget: Manifest & IPodDisruptionBudget,
  pods: Workload[],
  autoscalers: Autoscaler[],
): Problem[] {
  const { selector, minAvailable, maxUnavailable } = budget.spec ?? {};
  if ((minAvailable === undefined) === (maxUnavailable === undefined)) {
    return [problemOf(budget, 'spec', 'must have either minAvailable or maxUnavailable')];
  }
  return pods
    .filter(({ labels }) => selects(selector as LabelSelector, labels))
    .flatMap((workload) => {
      const least = autoscalers.find((each) => isTarget(each, workload))?.least ?? workload.replicas ?? 1;
      const evictable =
        maxUnavailable === undefined ? least - share(minAvailable, least) : share(maxUnavailable, least);
      if (evictable > 0) return [];
      const field = maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
      const text = `lets no pod be evicted: of ${least} at least one must be free to go`;
      return [problemOf(budget, `spec.${field}`, text)];
    });
}

/** As many pods as are meant; Kubernetes rounds percentages up. */
function share(amount: string | number | undefined, of: number): number {
  const [, percent] = /^(\d+)%$/.exec(String(amount)) ?? [];
  return percent === undefined ? Number(amount) : Math.ceil((Number(percent) / 100) * of);
}
