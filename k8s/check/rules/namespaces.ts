/** What a namespace is to do for the pods in it, by labels that Kubernetes takes in any spelling. */
import type { INamespace } from 'kubernetes-models/v1/Namespace';
import { type Overlay, ofKind } from '../manifest.ts';
import { type Problem, problemOf } from '../problem.ts';

export function namespaceProblems(overlay: Overlay): Problem[] {
  const wanted: Record<string, string> = {
    'pod-security.kubernetes.io/enforce': 'restricted',
    // Otherwise a roll-out takes old pods away before the load balancer knows the new ones.
    ...(ofKind(overlay, 'Ingress').length > 0 && { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' }),
  };
  return ofKind<INamespace>(overlay, 'Namespace').flatMap((namespace) =>
    Object.entries(wanted)
      .filter(([label, value]) => namespace.metadata.labels?.[label] !== value)
      .map(([label, value]) => problemOf(namespace, `metadata.labels["${label}"]`, `must be ${value}`)),
  );
}
