import { annotation, type Mistake } from './mistake.ts';

export const loadBalancer: Mistake[] = [
  [
    'a load balancer that nobody outside reaches',
    'eks',
    'Ingress/gateway',
    (manifest) => annotation(manifest, 'scheme', 'internal'),
    /scheme"\]: must be internet-facing/,
  ],
  [
    'a health check that is not done when the next begins',
    'eks',
    'Ingress/gateway',
    (manifest) => annotation(manifest, 'healthcheck-timeout-seconds', '30'),
    /healthcheck-timeout-seconds"\]: must be less than healthcheck-interval-seconds/,
  ],
  [
    'listen-ports that are no JSON',
    'eks',
    'Ingress/gateway',
    (manifest) => annotation(manifest, 'listen-ports', '[{"HTTPS": 443}'),
    /listen-ports"\]: must have/,
  ],
  [
    'a misspelt annotation',
    'eks',
    'Ingress/gateway',
    (manifest) => annotation(manifest, 'healthcheck-pth', '/readyz'),
    'Ingress/gateway: metadata.annotations["alb.ingress.kubernetes.io/healthcheck-pth"]: the load balancer controller knows no such annotation; did you mean healthcheck-path?',
  ],
  [
    'a misspelt attribute',
    'eks',
    'Ingress/gateway',
    (manifest) => annotation(manifest, 'load-balancer-attributes', 'idle_timeout.timeout_second=240'),
    'Ingress/gateway: metadata.annotations["alb.ingress.kubernetes.io/load-balancer-attributes"]: there is no attribute idle_timeout.timeout_second; did you mean idle_timeout.timeout_seconds?',
  ],
  [
    'an idle timeout that is longer than the gateway’s',
    'eks',
    'Ingress/gateway',
    (manifest) => annotation(manifest, 'load-balancer-attributes', 'idle_timeout.timeout_seconds=300'),
    /idle_timeout.timeout_seconds must be less than the 255 s for which gateways keep idle connections.*; it is 300$/,
  ],
  [
    'connections that are cut while a gateway drains',
    'eks',
    'Ingress/gateway',
    (manifest) => annotation(manifest, 'target-group-attributes', 'deregistration_delay.timeout_seconds=10'),
    /deregistration_delay.timeout_seconds must be at least the gateway's terminationGracePeriodSeconds, 45.*; it is 10$/,
  ],
  [
    'a load balancer that notices too late',
    'eks',
    'Ingress/gateway',
    (manifest) => annotation(manifest, 'healthcheck-interval-seconds', '10'),
    /healthcheck-interval-seconds"\]: the load balancer must notice within the 20 s for which a gateway that goes serves on.*; it takes 20 s$/,
  ],
  [
    'instances as targets',
    'eks',
    'Ingress/gateway',
    (manifest) => annotation(manifest, 'target-type', 'instance'),
    /target-type"\]: must be ip/,
  ],
  [
    'a page for operators that everybody can see',
    'eks',
    'Ingress/gateway',
    (manifest) => {
      manifest.spec.rules[0].http.paths[0].path = '/metrics';
      manifest.spec.rules[0].http.paths.push({ ...manifest.spec.rules[0].http.paths[0], path: '/' });
    },
    'Ingress/gateway: spec.rules: must not lead /metrics in: it is for operators alone',
  ],
  [
    'a page that players cannot see',
    'eks',
    'Ingress/gateway',
    (manifest) => {
      manifest.spec.rules[0].http.paths.splice(5, 1);
    },
    'Ingress/gateway: spec.rules: must lead /api/leaderboard to the gateways: players need it',
  ],
  [
    'a match that nobody can watch',
    'eks',
    'Ingress/gateway',
    (manifest) => {
      manifest.spec.rules[0].http.paths[3].pathType = 'Exact';
    },
    'Ingress/gateway: spec.rules: must lead /ws/watch/a-match to the gateways: players need it',
  ],
  [
    'a class that nobody serves',
    'eks',
    'Ingress/gateway',
    (manifest) => {
      manifest.spec.ingressClassName = 'abl';
    },
    'Ingress/gateway: spec.ingressClassName: must be alb: nobody makes a load balancer for another',
  ],
  [
    'a certificate that is none',
    'eks',
    'Ingress/gateway',
    (manifest) => annotation(manifest, 'certificate-arn', 'arn:aws:iam::1:role/door'),
    'Ingress/gateway: metadata.annotations["alb.ingress.kubernetes.io/certificate-arn"]: must be the ARN of a certificate of ACM',
  ],
  [
    'a domain that is an address',
    'eks',
    'Ingress/gateway',
    (manifest) => {
      manifest.spec.rules[0].host = 'https://play.example.org';
    },
    'Ingress/gateway: spec.rules[0].host: must be a domain name like play.example.org, and is https://play.example.org',
  ],
  [
    'pods that are ready before the load balancer knows them',
    'eks',
    'Namespace/overcookied',
    (manifest) => {
      delete manifest.metadata.labels['elbv2.k8s.aws/pod-readiness-gate-inject'];
    },
    'Namespace/overcookied: metadata.labels["elbv2.k8s.aws/pod-readiness-gate-inject"]: must be enabled',
  ],
];
