/** Whether the gateways learn where players come from, who all come by the load balancer. */
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { TrustedProxies } from '../../../services/gateway/src/limits/trusted-proxies.ts';
import { environmentOf } from '../environment.ts';
import { containersOf, find, type Overlay, ofKind, workloads } from '../manifest.ts';
import { type Problem, problemOf } from '../problem.ts';

const attributes = 'alb.ingress.kubernetes.io/load-balancer-attributes';
const hidden = /xff_header_processing\.mode=(?!append\b)(\w+)/;

export function proxyProblems(overlay: Overlay): Problem[] {
  return [...unbelieved(overlay), ...ofKind(overlay, 'Ingress').flatMap(silent)];
}

/** Players would be taken for one client, which asks for too much as soon as a few hundred play. */
function unbelieved(overlay: Overlay): Problem[] {
  const policy = find<INetworkPolicy>(overlay, 'NetworkPolicy', 'gateway-players');
  const blocks =
    policy?.spec?.ingress?.flatMap(({ from = [] }) => from.map(({ ipBlock }) => ipBlock?.cidr)) ?? [];
  const gateway = workloads(overlay).find(({ manifest }) => manifest.metadata.name === 'gateway');
  if (!gateway) return [];
  return containersOf(gateway.pod).flatMap((container) => {
    const configs =
      container.container.envFrom?.flatMap(({ configMapRef }) => configMapRef?.name ?? []) ?? [];
    // Its absence is found fault with elsewhere.
    if (!configs.every((name) => find(overlay, 'ConfigMap', name))) return [];
    const { variables } = environmentOf(overlay, gateway.manifest, container);
    const trusted = variables.findLast(({ name }) => name === 'TRUSTED_PROXIES');
    const networks = trusted?.value?.split(',').map((network) => network.trim()) ?? [];
    return blocks
      .filter((block) => TrustedProxies.safeParse(block).success && !networks.includes(block ?? ''))
      .map((block) =>
        problemOf(
          trusted?.manifest ?? gateway.manifest,
          trusted?.path ?? container.path,
          `TRUSTED_PROXIES must have ${block}, from where the load balancer comes: to a gateway that does not believe it all players are one client`,
        ),
      );
  });
}

/** Left alone, the load balancer adds to what a client says, which the gateways know how to read. */
function silent(ingress: ReturnType<typeof ofKind>[number]): Problem[] {
  const [, mode] = hidden.exec(ingress.metadata.annotations?.[attributes] ?? '') ?? [];
  if (mode === undefined) return [];
  const text = `routing.http.xff_header_processing.mode must be append, or gateways know of no client, or believe what each says; it is ${mode}`;
  return [problemOf(ingress, `metadata.annotations["${attributes}"]`, text)];
}
