/** The load balancer: whether it understands what it is told, lets in players and nobody else, and cuts nobody off. */

import { keepAliveMs } from '@overcookied/shared/runtime/server.ts';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { knownAnnotations, knownAttributes } from '../alb.ts';
import { environmentOf, knownValues } from '../environment.ts';
import { containersOf, type Manifest, type Overlay, ofKind, workloads } from '../manifest.ts';
import { didYouMean, type Problem, problemOf } from '../problem.ts';
import { drainOf } from '../services.ts';

const prefix = 'alb.ingress.kubernetes.io/';

/** What a player's browser or bot asks for, by docs/protocol.md. */
const forPlayers = [
  '/',
  '/assets/index.js',
  '/favicon.svg',
  '/manifest.webmanifest',
  '/service-worker.js',
  '/icons/icon-192.png',
  '/watch/a-match',
  '/ws',
  '/ws/watch/a-match',
  '/auth/guest',
  '/api/leaderboard',
  '/health',
];
/** What tells of the inside. */
const forOperators = ['/metrics', '/livez', '/readyz', '/ops', '/ops/queues'];

export function ingressProblems(overlay: Overlay): Problem[] {
  return ofKind<IIngress>(overlay, 'Ingress').flatMap((ingress) => {
    if (ingress.spec?.ingressClassName !== 'alb') {
      return [
        problemOf(ingress, 'spec.ingressClassName', 'must be alb: nobody makes a load balancer for another'),
      ];
    }
    const mistakes = annotationProblems(ingress);
    return mistakes.length > 0
      ? mistakes
      : [...hostProblems(ingress), ...pathProblems(ingress), ...settings(ingress, overlay)];
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
    if (!knownAnnotations.includes(name) && !/^(actions|conditions|transforms)\./.test(name)) {
      return [
        problemOf(
          ingress,
          at(name),
          `the load balancer controller knows no such annotation${didYouMean(name, knownAnnotations)}`,
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

function hostProblems(ingress: Manifest & IIngress): Problem[] {
  return (ingress.spec?.rules ?? []).flatMap(({ host = '' }, index) =>
    /^([a-z0-9-]+\.)+[a-z]{2,}$/.test(host)
      ? []
      : [
          problemOf(
            ingress,
            `spec.rules[${index}].host`,
            `must be a domain name like play.example.org, and is ${host}`,
          ),
        ],
  );
}

function isJson(text = ''): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** How long a gateway that is to go serves on, in s. */
function delayOf(overlay: Overlay): number {
  const delays = workloads(overlay)
    .filter(({ manifest }) => manifest.metadata.name === 'gateway')
    .flatMap(({ manifest, pod }) =>
      containersOf(pod).map((each) => {
        const { variables } = environmentOf(overlay, manifest, each);
        // Settings that are not there are found fault with elsewhere.
        if (!variables.some(({ path }) => path.startsWith('data.'))) return Number.POSITIVE_INFINITY;
        return drainOf(each.container.name, knownValues(variables)).delay;
      }),
    );
  return Math.max(0, ...delays);
}

function settings(ingress: Manifest, overlay: Overlay): Problem[] {
  const annotations = annotationsOf(ingress);
  const problems: Problem[] = [];
  const expect = (name: string, holds: (value: string | undefined) => boolean, text: string) => {
    if (!holds(annotations[name])) problems.push(problemOf(ingress, at(name), text));
  };
  expect('scheme', (value) => value === 'internet-facing', 'must be internet-facing: players are outside');
  const seconds = (name: string) => Number(annotations[`healthcheck-${name}-seconds`] ?? Number.NaN);
  expect(
    'healthcheck-timeout-seconds',
    () => seconds('timeout') < seconds('interval'),
    'must be less than healthcheck-interval-seconds',
  );
  const notices = seconds('interval') * Number(annotations['unhealthy-threshold-count'] ?? 2);
  const delay = delayOf(overlay);
  expect(
    'healthcheck-interval-seconds',
    () => notices < delay,
    `the load balancer must notice within the ${delay} s for which a gateway that goes serves on (DRAIN_DELAY_MS), or it sends new players to one that is gone; it takes ${notices} s`,
  );
  expect(
    'target-type',
    (value) => value === 'ip',
    'must be ip: by way of nodes, a node that goes cuts off pods elsewhere',
  );
  expect(
    'certificate-arn',
    (value) => /^arn:aws[\w-]*:acm:/.test(value ?? ''),
    'must be the ARN of a certificate of ACM',
  );
  expect('ssl-redirect', (value) => value === '443', 'must be 443: nobody plays without TLS');
  expect('ssl-policy', (value) => value?.includes('TLS13') === true, 'must be a policy with TLS 1.3');
  expect(
    'listen-ports',
    (value) => isJson(value) && value?.includes('"HTTPS": 443') === true,
    'must have {"HTTPS": 443}',
  );
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
    `idle_timeout.timeout_seconds must be less than the ${keepAliveMs / 1_000} s for which gateways keep idle connections (shared/src/runtime/server.ts), or requests meet a connection that is being closed, and get a 502; it is ${idle}`,
  );
  const grace = Math.max(
    ...workloads(overlay)
      .filter(({ manifest }) => manifest.metadata.name === 'gateway')
      .map(({ pod }) => pod.terminationGracePeriodSeconds ?? 30),
  );
  const cutAfter = Number(
    attributesIn(annotations['target-group-attributes'] ?? '')['deregistration_delay.timeout_seconds'] ?? 300,
  );
  expect(
    'target-group-attributes',
    () => cutAfter >= grace,
    `deregistration_delay.timeout_seconds must be at least the gateway's terminationGracePeriodSeconds, ${grace}: until then it says goodbye to its players itself; it is ${cutAfter}`,
  );
  return problems;
}
