/** Whether the network policies are a wall without gaps. */
import { isIPv4 } from 'node:net';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { type LabelSelector, type Manifest, type Overlay, ofKind, workloads } from '../manifest.ts';
import { type Problem, problemOf } from '../problem.ts';
import { selects } from '../selector.ts';
import { isService } from '../services.ts';

export function networkProblems(overlay: Overlay): Problem[] {
  const policies = ofKind<INetworkPolicy>(overlay, 'NetworkPolicy');
  return [
    ...unguarded(overlay, policies),
    ...cutOff(overlay, policies),
    ...policies.flatMap(portless),
    ...policies.flatMap(blockProblems),
    ...(overlay.name === 'eks' ? policies.flatMap(namedPortProblems) : []),
  ];
}

/** What no policy speaks of lets everything through, in that direction. */
function unguarded(overlay: Overlay, policies: (Manifest & INetworkPolicy)[]): Problem[] {
  return workloads(overlay).flatMap(({ manifest, labels }) =>
    ['Ingress', 'Egress']
      .filter(
        (direction) =>
          !policies.some(
            ({ spec }) =>
              spec?.policyTypes?.includes(direction as 'Ingress') &&
              selects((spec.podSelector ?? {}) as LabelSelector, labels),
          ),
      )
      .map((direction) =>
        problemOf(
          manifest,
          '',
          `no NetworkPolicy says what is let ${direction === 'Ingress' ? 'in' : 'out'}: all is`,
        ),
      ),
  );
}

/** What every service must be let out to: otherwise it starts, and is never ready. */
const needs = (overlay: Overlay) => [
  { what: 'names, UDP to port 53', port: 53, protocol: 'UDP' },
  { what: 'names, TCP to port 53', port: 53, protocol: 'TCP' },
  // Where it is outside of the cluster; else its own pods' ports are looked at.
  ...(overlay.name === 'eks' ? [{ what: 'Valkey, TCP to port 6379', port: 6379, protocol: 'TCP' }] : []),
];

function cutOff(overlay: Overlay, policies: (Manifest & INetworkPolicy)[]): Problem[] {
  const pods = workloads(overlay);
  const selecting = (policy: INetworkPolicy, labels: Record<string, string>) =>
    selects((policy.spec?.podSelector ?? {}) as LabelSelector, labels);
  // One that selects nothing is found fault with elsewhere, and would have let them out.
  if (policies.some((policy) => !pods.some(({ labels }) => selecting(policy, labels)))) return [];
  return pods
    .filter(({ manifest }) => isService(manifest.metadata.name))
    .flatMap(({ manifest, labels }) => {
      const rules = policies
        .filter((policy) => selecting(policy, labels))
        .flatMap(({ spec }) => spec?.egress ?? []);
      return needs(overlay)
        .filter(
          (need) =>
            !rules.some(({ to = [], ports = [] }) => {
              const isTo =
                need.port !== 53 ||
                to.some(({ podSelector }) => podSelector?.matchLabels?.['k8s-app'] === 'kube-dns');
              return (
                isTo &&
                ports.some(({ port, protocol = 'TCP' }) => port === need.port && protocol === need.protocol)
              );
            }),
        )
        .map(({ what }) => problemOf(manifest, '', `no NetworkPolicy lets it out to ${what}`));
    });
}

/** A rule without ports lets through whatever there is at its peers. */
function portless(policy: Manifest & INetworkPolicy): Problem[] {
  const { ingress = [], egress = [] } = policy.spec ?? {};
  return Object.entries({ ingress, egress }).flatMap(([direction, rules]) =>
    rules.flatMap(({ ports = [] }, index) =>
      ports.length > 0
        ? []
        : [problemOf(policy, `spec.${direction}[${index}].ports`, 'is missing: all ports are open')],
    ),
  );
}

function blockProblems(policy: Manifest & INetworkPolicy): Problem[] {
  const { ingress = [], egress = [] } = policy.spec ?? {};
  const blocks = [
    ...ingress.flatMap(({ from = [] }, rule) =>
      from.map(({ ipBlock }, index) => ({ ipBlock, path: `spec.ingress[${rule}].from[${index}]` })),
    ),
    ...egress.flatMap(({ to = [] }, rule) =>
      to.map(({ ipBlock }, index) => ({ ipBlock, path: `spec.egress[${rule}].to[${index}]` })),
    ),
  ];
  return blocks.flatMap(({ ipBlock, path }) =>
    ipBlock === undefined || isNetwork(ipBlock.cidr)
      ? []
      : [
          problemOf(
            policy,
            `${path}.ipBlock.cidr`,
            `must be a network like 10.40.0.0/16, and is ${ipBlock.cidr}`,
          ),
        ],
  );
}

/**
 * The VPC CNI of EKS looks up the name of a port at pods that a rule selects: a rule for addresses, or for everybody, has
 * none to look at, and is left out without an error.
 */
function namedPortProblems(policy: Manifest & INetworkPolicy): Problem[] {
  const { ingress = [], egress = [] } = policy.spec ?? {};
  const rules = [
    ...ingress.map(({ ports = [], from = [] }, rule) => ({
      ports,
      peers: from,
      path: `spec.ingress[${rule}]`,
    })),
    ...egress.map(({ ports = [], to = [] }, rule) => ({ ports, peers: to, path: `spec.egress[${rule}]` })),
  ];
  return rules
    .filter(({ peers }) => peers.length === 0 || peers.some(({ ipBlock }) => ipBlock))
    .flatMap(({ ports, path }) =>
      ports.flatMap(({ port }, index) =>
        typeof port === 'string'
          ? [
              problemOf(
                policy,
                `${path}.ports[${index}].port`,
                `must be a number, and is ${port}: EKS leaves out a rule that has addresses and the name of a port`,
              ),
            ]
          : [],
      ),
    );
}

function isNetwork(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  return isIPv4(address) && /^\d{1,2}$/.test(bits) && Number(bits) <= 32 && rest.length === 0;
}
