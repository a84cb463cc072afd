/** Addresses inside the cluster that lead nowhere. */
import type { IService } from 'kubernetes-models/v1/Service';
import { environmentOf } from '../environment.ts';
import { containersOf, find, type Overlay, ofKind, workloads } from '../manifest.ts';
import { didYouMean, type Problem, problemOf } from '../problem.ts';

/** Where an address says no port. */
const defaultPorts: Record<string, number> = { 'http:': 80, 'https:': 443, 'valkey:': 6379, 'redis:': 6379 };

/** Finds fault with variables that name a host without a dot, which can only be a Service of the same namespace. */
export function addressProblems(overlay: Overlay): Problem[] {
  return workloads(overlay).flatMap(({ manifest, pod }) =>
    containersOf(pod).flatMap(({ container, path: at }) =>
      environmentOf(overlay, manifest, { container, path: at }).variables.flatMap(
        ({ value, manifest: where, path }) => {
          const text = value === undefined ? undefined : addressProblem(overlay, value);
          return text === undefined ? [] : [problemOf(where, path, text)];
        },
      ),
    ),
  );
}

function addressProblem(overlay: Overlay, value: string): string | undefined {
  if (!/^\w+:\/\//.test(value) || !URL.canParse(value)) return undefined;
  const { protocol, hostname, port } = new URL(value);
  if (hostname.includes('.')) return undefined;
  const service = find<IService>(overlay, 'Service', hostname);
  if (!service) {
    const names = ofKind<IService>(overlay, 'Service').map(({ metadata }) => metadata.name);
    return `there is no Service ${hostname}${didYouMean(hostname, names) || `; there are ${names.join(', ')}`}`;
  }
  const wanted = Number(port) || defaultPorts[protocol];
  const ports = (service.spec?.ports ?? []).map((each) => each.port);
  if (wanted === undefined || ports.includes(wanted)) return undefined;
  return `Service ${hostname} has no port ${wanted}; it has ${ports.join(', ')}`;
}
