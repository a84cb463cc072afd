/** Ports that nobody listens on. */
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IService } from 'kubernetes-models/v1/Service';
import {
  containersOf,
  find,
  type LabelSelector,
  type Manifest,
  type Overlay,
  ofKind,
  type Workload,
  workloads,
} from '../manifest.ts';
import { didYouMean, type Problem, problemOf } from '../problem.ts';
import { selects } from '../selector.ts';

/** A container's port as others refer to it. */
interface Port {
  name: string | undefined;
  number: number;
}

export function portProblems(overlay: Overlay): Problem[] {
  const pods = workloads(overlay);
  return [
    ...pods.flatMap(probePorts),
    ...ofKind<IService>(overlay, 'Service').flatMap((service) => servicePorts(service, pods)),
    ...ofKind<IIngress>(overlay, 'Ingress').flatMap((ingress) => backendPorts(ingress, overlay)),
    ...ofKind<IPodMonitor>(overlay, 'PodMonitor').flatMap((monitor) => monitorPorts(monitor, pods)),
    ...ofKind<INetworkPolicy>(overlay, 'NetworkPolicy').flatMap((policy) => policyPorts(policy, pods)),
  ];
}

const portsOf = ({ ports = [] }: IContainer): Port[] =>
  ports.map(({ name, containerPort }) => ({ name, number: containerPort }));

const portsOfAll = (pods: Workload[]): Port[] =>
  pods.flatMap(({ pod }) => containersOf(pod).flatMap(({ container }) => portsOf(container)));

/** Finds fault with a port that is not among these. */
function missing(manifest: Manifest, path: string, port: string | number, ports: Port[]): Problem[] {
  if (ports.some(({ name, number }) => port === name || port === number)) return [];
  const names = [...new Set(ports.flatMap(({ name }) => name ?? []))];
  const there = [
    ...new Set(ports.map(({ name, number }) => (name ? `${name} (${number})` : String(number)))),
  ];
  const hint = didYouMean(String(port), names);
  return [
    problemOf(
      manifest,
      path,
      `there is no container with a port ${port}${hint || `; there ${there.length === 1 ? 'is' : 'are'} ${there.join(', ') || 'none'}`}`,
    ),
  ];
}

function probePorts({ manifest, pod }: Workload): Problem[] {
  return containersOf(pod).flatMap(({ container, path }) =>
    (['startupProbe', 'livenessProbe', 'readinessProbe'] as const).flatMap((name) =>
      (['httpGet', 'tcpSocket'] as const).flatMap((action) => {
        const port = container[name]?.[action]?.port;
        if (port === undefined) return [];
        return missing(manifest, `${path}.${name}.${action}.port`, port, portsOf(container));
      }),
    ),
  );
}

function servicePorts(service: Manifest & IService, pods: Workload[]): Problem[] {
  const { selector = {}, ports = [] } = service.spec ?? {};
  const selected = pods.filter(({ labels }) => selects({ matchLabels: selector }, labels));
  // That it selects nothing is said elsewhere.
  if (selected.length === 0) return [];
  return ports.flatMap(({ port, targetPort }, index) =>
    missing(service, `spec.ports[${index}].targetPort`, targetPort ?? port, portsOfAll(selected)),
  );
}

function backendPorts(ingress: Manifest & IIngress, overlay: Overlay): Problem[] {
  return (ingress.spec?.rules ?? []).flatMap(({ http }, rule) =>
    (http?.paths ?? []).flatMap(({ backend }, index) => {
      const path = `spec.rules[${rule}].http.paths[${index}].backend.service`;
      const service = find<IService>(overlay, 'Service', backend.service?.name);
      if (!service) {
        const names = ofKind<IService>(overlay, 'Service').map(({ metadata }) => metadata.name);
        const text = `there is no Service ${backend.service?.name}${didYouMean(backend.service?.name ?? '', names)}`;
        return [problemOf(ingress, `${path}.name`, text)];
      }
      const wanted = backend.service?.port?.name ?? backend.service?.port?.number;
      const ports = service.spec?.ports ?? [];
      if (ports.some(({ name, port }) => wanted === name || wanted === port)) return [];
      const there = ports.map(({ name, port }) => `${name} (${port})`).join(', ');
      return [
        problemOf(
          ingress,
          `${path}.port`,
          `Service ${service.metadata.name} has no port ${wanted}; it has ${there}`,
        ),
      ];
    }),
  );
}

/** Of each service that a monitor selects it wants a port: one that lacks it would not be watched, without an error. */
function monitorPorts(monitor: Manifest & IPodMonitor, pods: Workload[]): Problem[] {
  const selected = pods.filter(({ labels }) => selects(monitor.spec.selector as LabelSelector, labels));
  return (monitor.spec.podMetricsEndpoints ?? []).flatMap(({ port, path = '/metrics' }, index) => {
    if (path !== '/metrics') {
      return [
        problemOf(monitor, `spec.podMetricsEndpoints[${index}].path`, `must be /metrics, and is ${path}`),
      ];
    }
    return selected.flatMap(({ manifest, pod }) => {
      const ports = containersOf(pod).flatMap(({ container }) => portsOf(container));
      return missing(monitor, `spec.podMetricsEndpoints[${index}].port`, port ?? '', ports).map(
        (problem) => ({
          ...problem,
          text: `${problem.text} (${manifest.kind}/${manifest.metadata.name})`,
        }),
      );
    });
  });
}

/** Where a policy names pods of ours, the ports that it opens must be theirs. */
function policyPorts(policy: Manifest & INetworkPolicy, pods: Workload[]): Problem[] {
  const own = pods.filter(({ labels }) => selects((policy.spec?.podSelector ?? {}) as LabelSelector, labels));
  const problems: Problem[] = [];
  for (const [rule, { ports = [] }] of (policy.spec?.ingress ?? []).entries()) {
    for (const [index, { port }] of ports.entries()) {
      if (port === undefined || own.length === 0) continue;
      problems.push(...missing(policy, `spec.ingress[${rule}].ports[${index}].port`, port, portsOfAll(own)));
    }
  }
  for (const [rule, { ports = [], to = [] }] of (policy.spec?.egress ?? []).entries()) {
    const peers = to.filter(({ podSelector, namespaceSelector }) => podSelector && !namespaceSelector);
    const reached = pods.filter(({ labels }) =>
      peers.some(({ podSelector }) => selects(podSelector as LabelSelector, labels)),
    );
    if (reached.length === 0) continue;
    for (const [index, { port }] of ports.entries()) {
      if (port === undefined) continue;
      problems.push(
        ...missing(policy, `spec.egress[${rule}].ports[${index}].port`, port, portsOfAll(reached)),
      );
    }
  }
  return problems;
}
