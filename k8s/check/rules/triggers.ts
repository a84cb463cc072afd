/** What KEDA is to scale by: its schema leaves open what a trigger says, and it ignores what it does not know. */
import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import { foreignNamespaces, type Manifest, type Overlay, ofKind } from '../manifest.ts';
import { didYouMean, type Problem, problemOf } from '../problem.ts';

const metricTypes = ['AverageValue', 'Value', 'Utilization'];
/** Type → what it must be told, and what it may be told besides. */
const triggerTypes: Record<string, { required: string[]; optional: string[] }> = {
  prometheus: {
    required: ['serverAddress', 'query', 'threshold'],
    optional: [
      'activationThreshold',
      'authModes',
      'customHeaders',
      'ignoreNullValues',
      'namespace',
      'timeout',
    ],
  },
  cpu: { required: ['value'], optional: ['containerName'] },
  memory: { required: ['value'], optional: ['containerName'] },
};

export function triggerProblems(overlay: Overlay): Problem[] {
  return ofKind<IScaledObject>(overlay, 'ScaledObject').flatMap((object) => [
    ...object.spec.triggers.flatMap((trigger, index) =>
      triggerProblem(object, trigger, `spec.triggers[${index}]`),
    ),
    ...fallbackProblem(object),
  ]);
}

type Trigger = IScaledObject['spec']['triggers'][number];

function triggerProblem(object: Manifest, { type, metricType, metadata }: Trigger, path: string): Problem[] {
  const known = triggerTypes[type];
  if (!known) {
    const types = Object.keys(triggerTypes);
    const text = `there is no trigger ${type} here${didYouMean(type, types) || `; there are ${types.join(', ')}`}`;
    return [problemOf(object, `${path}.type`, text)];
  }
  const problems: Problem[] = [];
  if (metricType !== undefined && !metricTypes.includes(metricType)) {
    problems.push(problemOf(object, `${path}.metricType`, `must be one of ${metricTypes.join(', ')}`));
  }
  const all = [...known.required, ...known.optional];
  const strange = Object.keys(metadata).filter((key) => !all.includes(key));
  for (const key of strange) {
    problems.push(
      problemOf(object, `${path}.metadata.${key}`, `${type} knows no ${key}${didYouMean(key, all)}`),
    );
  }
  // What is there by a misspelt name is not missing as well.
  for (const key of strange.length > 0 ? [] : known.required) {
    if (!metadata[key]) problems.push(problemOf(object, `${path}.metadata`, `${key} is missing`));
  }
  if (metadata.serverAddress !== undefined)
    problems.push(...serverProblem(object, metadata.serverAddress, path));
  for (const key of ['threshold', 'value']) {
    const value = metadata[key];
    if (value === undefined || Number(value) > 0) continue;
    problems.push(problemOf(object, `${path}.metadata.${key}`, `must be a number above 0, and is ${value}`));
  }
  return problems;
}

/** Prometheus is in a namespace of its own, so that its address must say which. */
function serverProblem(object: Manifest, address: string, path: string): Problem[] {
  const [, namespace = ''] = /^https?:\/\/[\w-]+\.([\w-]+)\.svc(:\d+)?$/.exec(address) ?? [];
  if (foreignNamespaces.includes(namespace)) return [];
  const text = `must be like http://prometheus-operated.monitoring.svc:9090, in ${foreignNamespaces.join(' or ')}; it is ${address}`;
  return [problemOf(object, `${path}.metadata.serverAddress`, text)];
}

function fallbackProblem(object: Manifest & IScaledObject): Problem[] {
  const { triggers, fallback } = object.spec;
  if (fallback || !triggers.some(({ type }) => type === 'prometheus')) return [];
  return [
    problemOf(object, 'spec.fallback', 'is missing: without Prometheus nothing would be scaled any more'),
  ];
}
