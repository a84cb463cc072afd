/** Queries of metrics, by autoscalers and alerts, that ask for what nobody tells. */
import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { type Manifest, type Overlay, ofKind } from '../manifest.ts';
import { didYouMean, type Problem, problemOf } from '../problem.ts';
import { readQuery } from '../promql.ts';

/** Metrics of the cluster itself: of Prometheus, kube-state-metrics and the nodes. */
const foreign = /^(up|ALERTS|scrape_\w+|kube_\w+|container_\w+|node_\w+)$/;

/** @param exported service → the metrics that it tells */
export function queryProblems(overlay: Overlay, exported: Map<string, Set<string>>): Problem[] {
  return [
    ...ofKind<IScaledObject>(overlay, 'ScaledObject').flatMap((object) =>
      object.spec.triggers.flatMap(({ type, metadata }, index) =>
        type === 'prometheus' ? scalingQuery(object, index, metadata.query ?? '', exported) : [],
      ),
    ),
    ...ofKind<IPrometheusRule>(overlay, 'PrometheusRule').flatMap((rules) =>
      (rules.spec?.groups ?? []).flatMap((group, groupIndex) =>
        (group.rules ?? []).flatMap((rule, index) => {
          const path = `spec.groups[${groupIndex}].rules[${index}].expr`;
          return queryProblem(rules, path, String(rule.expr), exported);
        }),
      ),
    ),
  ];
}

/** What the PodMonitor puts on every time series. */
const targetLabels = ['namespace', 'pod', 'container', 'job', 'instance', 'service'];

/** A query that chooses by what is not there finds nothing, and scales by it. */
function scalingQuery(
  object: Manifest,
  index: number,
  query: string,
  exported: Map<string, Set<string>>,
): Problem[] {
  const path = `spec.triggers[${index}].metadata.query`;
  const namespace = object.metadata.namespace ?? '';
  return [
    ...queryProblem(object, path, query, exported),
    ...readQuery(query).matchers.flatMap(({ label, value }) => {
      if (!targetLabels.includes(label)) {
        const text = `no time series has the label ${label}${didYouMean(label, targetLabels)}`;
        return [problemOf(object, path, text)];
      }
      if (label !== 'namespace' || value === namespace) return [];
      return [problemOf(object, path, `must ask for the namespace ${namespace}, and asks for ${value}`)];
    }),
  ];
}

/** Finds fault with one query at a place of a manifest. */
function queryProblem(
  manifest: Manifest,
  path: string,
  text: string,
  exported: Map<string, Set<string>>,
): Problem[] {
  const { metrics, mistake } = readQuery(text);
  if (mistake !== undefined) return [problemOf(manifest, path, `is no PromQL near "${mistake}"`)];
  const all = [...exported.values()].flatMap((names) => [...names]);
  return metrics
    .filter((name) => !foreign.test(name) && !all.includes(name))
    .map((name) => problemOf(manifest, path, `no service tells the metric ${name}${didYouMean(name, all)}`));
}
