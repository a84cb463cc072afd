/** What KEDA is to scale by: its schema leaves open what a trigger says, and it ignores what it does not know. */
import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import { type Manifest, type Overlay, ofKind } from '../manifest.ts';
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

/** For so long, in seconds, fewer pods must have been enough before one goes. */
const leastQuietSeconds = 300;

export function triggerProblems(overlay: Overlay): Problem[] {
  return ofKind<IScaledObject>(overlay, 'ScaledObject').flatMap((object) => [
    ...object.spec.triggers.flatMap((trigger, index) =>
      triggerProblem(object, trigger, `spec.triggers[${index}]`),
    ),
    ...fallbackProblem(object),
    ...scaleDownProblem(object),
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
  if (type === 'prometheus' && metadata.query) {
    problems.push(...shapeProblem(object, `${path}.metadata.query`, metricType, metadata.query));
  }
  for (const key of ['threshold', 'value']) {
    const value = metadata[key];
    if (value === undefined || Number(value) > 0) continue;
    problems.push(problemOf(object, `${path}.metadata.${key}`, `must be a number above 0, and is ${value}`));
  }
  return problems;
}

/** The Service that the Prometheus Operator makes, in whatever release it is. */
const prometheus = 'http://prometheus-operated.monitoring.svc:9090';

function serverProblem(object: Manifest, address: string, path: string): Problem[] {
  if (address === prometheus) return [];
  const text = `must be ${prometheus}, and is ${address}`;
  return [problemOf(object, `${path}.metadata.serverAddress`, text)];
}

/**
 * What is divided by the number of pods must be the sum of all of them; and a rate of what goes up and down is that of
 * nothing.
 */
function shapeProblem(
  object: Manifest,
  path: string,
  metricType: string | undefined,
  query: string,
): Problem[] {
  const problems: Problem[] = [];
  if (metricType !== 'Value' && !/^sum\s*\(/.test(query)) {
    const text = 'must be a sum: as an AverageValue it is divided by the number of pods';
    problems.push(problemOf(object, path, text));
  }
  for (const [, name] of query.matchAll(/\b(?:rate|increase)\((\w+)/g)) {
    if (!/_(total|bucket|sum|count)$/.test(name ?? ''))
      problems.push(problemOf(object, path, `${name} goes up and down: it has no rate`));
  }
  return problems;
}

/** Pods that go disturb somebody: not at the first quiet moment, and few at a time. */
function scaleDownProblem(object: Manifest & IScaledObject): Problem[] {
  const path = 'spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown';
  const { stabilizationWindowSeconds: waits = 300, policies = [] } =
    object.spec.advanced?.horizontalPodAutoscalerConfig?.behavior?.scaleDown ?? {};
  return [
    ...(waits < leastQuietSeconds
      ? [
          problemOf(
            object,
            `${path}.stabilizationWindowSeconds`,
            `must be at least ${leastQuietSeconds}, and is ${waits}`,
          ),
        ]
      : []),
    ...(policies.length === 0
      ? [problemOf(object, `${path}.policies`, 'is missing: all that are too many would go at once')]
      : []),
  ];
}

function fallbackProblem(object: Manifest & IScaledObject): Problem[] {
  const { triggers, fallback } = object.spec;
  if (fallback || !triggers.some(({ type }) => type === 'prometheus')) return [];
  return [
    problemOf(object, 'spec.fallback', 'is missing: without Prometheus nothing would be scaled any more'),
  ];
}
