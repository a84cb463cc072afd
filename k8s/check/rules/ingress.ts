/** The load balancer: whether it understands what it is told, lets in players and nobody else, and cuts nobody off. */

import { keepAliveMs } from '@overcookied/shared/runtime.ts';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { type Manifest, type Overlay, ofKind, workloads } from '../manifest.ts';
import { didYouMean, type Problem, problemOf } from '../problem.ts';

const prefix = 'alb.ingress.kubernetes.io/';

/**
 * Annotations that the AWS Load Balancer Controller knows, without those for features that we have no use for; it ignores
 * whatever else begins like them, without a word.
 */
const known = [
  'backend-protocol',
  'backend-protocol-version',
  'certificate-arn',
  'group.name',
  'group.order',
  'healthcheck-interval-seconds',
  'healthcheck-path',
  'healthcheck-port',
  'healthcheck-protocol',
  'healthcheck-timeout-seconds',
  'healthy-threshold-count',
  'inbound-cidrs',
  'ip-address-type',
  'listen-ports',
  'load-balancer-attributes',
  'load-balancer-name',
  'manage-backend-security-group-rules',
  'minimum-load-balancer-capacity',
  'scheme',
  'security-groups',
  'shield-advanced-protection',
  'ssl-policy',
  'ssl-redirect',
  'subnets',
  'success-codes',
  'tags',
  'target-group-attributes',
  'target-type',
  'unhealthy-threshold-count',
  'wafv2-acl-arn',
];

/** Attributes of load balancers and target groups that we use or may want to; AWS refuses others. */
const knownAttributes: Record<string, string[]> = {
  'load-balancer-attributes': [
    'access_logs.s3.bucket',
    'access_logs.s3.enabled',
    'access_logs.s3.prefix',
    'client_keep_alive.seconds',
    'deletion_protection.enabled',
    'idle_timeout.timeout_seconds',
    'routing.http.desync_mitigation_mode',
    'routing.http.drop_invalid_header_fields.enabled',
    'routing.http.preserve_host_header.enabled',
    'routing.http.xff_header_processing.mode',
    'routing.http2.enabled',
    'waf.fail_open.enabled',
    'zonal_shift.config.enabled',
  ],
  'target-group-attributes': [
    'deregistration_delay.timeout_seconds',
    'load_balancing.algorithm.anomaly_mitigation',
    'load_balancing.algorithm.type',
    'load_balancing.cross_zone.enabled',
    'slow_start.duration_seconds',
    'stickiness.enabled',
    'stickiness.lb_cookie.duration_seconds',
    'stickiness.type',
    'target_group_health.dns_failover.minimum_healthy_targets.count',
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count',
  ],
};

/** What a player's browser or bot asks for, by docs/protocol.md. */
const forPlayers = [
  '/',
  '/assets/index.js',
  '/favicon.svg',
  '/ws',
  '/auth/guest',
  '/api/leaderboard',
  '/health',
];
/** What tells of the inside. */
const forOperators = ['/metrics', '/livez', '/readyz', '/ops', '/ops/queues'];

export function ingressProblems(overlay: Overlay): Problem[] {
  return ofKind<IIngress>(overlay, 'Ingress')
    .filter(({ spec }) => spec?.ingressClassName === 'alb')
    .flatMap((ingress) => {
      const mistakes = annotationProblems(ingress);
      return mistakes.length > 0 ? mistakes : [...pathProblems(ingress), ...settings(ingress, overlay)];
    });
}

const at = (name: string) => `metadata.annotations["${prefix}${name}"]`;

function annotationsOf({ metadata }: Manifest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata.annotations ?? {})
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

function annotationProblems(ingress: Manifest): Problem[] {
  return Object.entries(annotationsOf(ingress)).flatMap(([name, value]) => {
    if (!known.includes(name) && !/^(actions|conditions|transforms)\./.test(name)) {
      return [
        problemOf(
          ingress,
          at(name),
          `the load balancer controller knows no such annotation${didYouMean(name, known)}`,
        ),
      ];
    }
    const attributes = knownAttributes[name];
    return Object.keys(attributes ? attributesIn(value) : {})
      .filter((attribute) => !attributes?.includes(attribute))
      .map((attribute) =>
        problemOf(
          ingress,
          at(name),
          `there is no attribute ${attribute}${didYouMean(attribute, attributes ?? [])}`,
        ),
      );
  });
}

/** `a=1,b=2` */
const attributesIn = (text: string): Record<string, string> =>
  Object.fromEntries(text.split(',').map((pair) => pair.trim().split('=', 2) as [string, string]));

function pathProblems(ingress: Manifest & IIngress): Problem[] {
  const paths = (ingress.spec?.rules ?? []).flatMap(({ http }) => http?.paths ?? []);
  const leads = (address: string) =>
    Boolean(ingress.spec?.defaultBackend) ||
    paths.some(({ path = '/', pathType }) =>
      pathType === 'Exact'
        ? address === path
        : path === '/' || address === path || address.startsWith(`${path.replace(/\/$/, '')}/`),
    );
  return [
    ...forPlayers
      .filter((address) => !leads(address))
      .map((address) =>
        problemOf(ingress, 'spec.rules', `must lead ${address} to the gateways: players need it`),
      ),
    ...forOperators
      .filter(leads)
      .map((address) =>
        problemOf(ingress, 'spec.rules', `must not lead ${address} in: it is for operators alone`),
      ),
  ];
}

function settings(ingress: Manifest, overlay: Overlay): Problem[] {
  const annotations = annotationsOf(ingress);
  const problems: Problem[] = [];
  const expect = (name: string, holds: (value: string | undefined) => boolean, text: string) => {
    if (!holds(annotations[name])) problems.push(problemOf(ingress, at(name), text));
  };
  expect(
    'target-type',
    (value) => value === 'ip',
    'must be ip: by way of nodes, a node that goes cuts off pods elsewhere',
  );
  expect(
    'certificate-arn',
    (value) => value?.startsWith('arn:') === true,
    'must be the ARN of a certificate',
  );
  expect('ssl-redirect', (value) => value === '443', 'must be 443: nobody plays without TLS');
  expect('ssl-policy', (value) => value?.includes('TLS13') === true, 'must be a policy with TLS 1.3');
  expect('listen-ports', (value) => value?.includes('"HTTPS": 443') === true, 'must have {"HTTPS": 443}');
  expect(
    'healthcheck-path',
    (value) => value === '/readyz',
    'must be /readyz: / is answered by a gateway without Valkey too',
  );

  const idle = Number(
    attributesIn(annotations['load-balancer-attributes'] ?? '')['idle_timeout.timeout_seconds'] ?? 60,
  );
  expect(
    'load-balancer-attributes',
    () => idle * 1_000 < keepAliveMs,
    `idle_timeout.timeout_seconds must be less than the ${keepAliveMs / 1_000} s for which gateways keep idle connections (shared/src/runtime.ts), or requests meet a connection that is being closed, and get a 502; it is ${idle}`,
  );
  const grace = Math.max(
    ...workloads(overlay)
      .filter(({ manifest }) => manifest.metadata.name === 'gateway')
      .map(({ pod }) => pod.terminationGracePeriodSeconds ?? 30),
  );
  const delay = Number(
    attributesIn(annotations['target-group-attributes'] ?? '')['deregistration_delay.timeout_seconds'] ?? 300,
  );
  expect(
    'target-group-attributes',
    () => delay >= grace,
    `deregistration_delay.timeout_seconds must be at least the gateway's terminationGracePeriodSeconds, ${grace}: until then it says goodbye to its players itself; it is ${delay}`,
  );
  return problems;
}
