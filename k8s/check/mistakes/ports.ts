import { container, type Mistake, onContainer } from './mistake.ts';

export const ports: Mistake[] = [
  [
    'a Service for a port that no container has',
    'eks',
    'Service/gateway',
    (manifest) => {
      manifest.spec.ports[0].targetPort = 'htpp';
    },
    'Service/gateway: spec.ports[0].targetPort: there is no container with a port htpp; did you mean http?',
  ],
  [
    'a number that no container listens on',
    'eks',
    'Service/game-ticker',
    (manifest) => {
      manifest.spec.ports[0].targetPort = 8080;
    },
    'Service/game-ticker: spec.ports[0].targetPort: there is no container with a port 8080; there is http (8082)',
  ],
  [
    'a probe of a port that its container does not have',
    'eks',
    'Deployment/practice',
    (manifest) => {
      container(manifest).livenessProbe.httpGet.port = 8080;
    },
    `Deployment/practice: ${onContainer}.livenessProbe.httpGet.port: there is no container with a port 8080; there is http (8083)`,
  ],
  [
    'an ingress to a port that the Service does not have',
    'eks',
    'Ingress/gateway',
    (manifest) => {
      manifest.spec.rules[0].http.paths[3].backend.service.port = { number: 8080 };
    },
    'Ingress/gateway: spec.rules[0].http.paths[3].backend.service.port: Service gateway has no port 8080; it has http (80)',
  ],
  [
    'an ingress to a Service that is not there',
    'eks',
    'Ingress/gateway',
    (manifest) => {
      manifest.spec.rules[0].http.paths[3].backend.service.name = 'gateways';
    },
    'Ingress/gateway: spec.rules[0].http.paths[3].backend.service.name: there is no Service gateways; did you mean gateway?',
  ],
  [
    'a policy that opens a port that nobody has',
    'eks',
    'NetworkPolicy/gateway-players',
    (manifest) => {
      manifest.spec.ingress[0].ports[0].port = 80;
    },
    'NetworkPolicy/gateway-players: spec.ingress[0].ports[0].port: there is no container with a port 80; there is http (8080)',
  ],
  [
    'a policy that names a port beside addresses',
    'eks',
    'NetworkPolicy/gateway-players',
    (manifest) => {
      manifest.spec.ingress[0].ports[0].port = 'http';
    },
    'NetworkPolicy/gateway-players: spec.ingress[0].ports[0].port: must be a number, and is http: EKS leaves out a rule that has addresses and the name of a port',
  ],
  [
    'a policy that lets out to a port that nobody has',
    'local',
    'NetworkPolicy/valkey-clients',
    (manifest) => {
      manifest.spec.egress[0].ports[0].port = 6380;
    },
    'NetworkPolicy/valkey-clients: spec.egress[0].ports[0].port: there is no container with a port 6380; there is valkey (6379)',
  ],
  [
    'a container that declares another port than the service listens on',
    'local',
    'Deployment/gateway',
    (manifest) => {
      container(manifest).ports[0].containerPort = 8081;
    },
    `Deployment/gateway: ${onContainer}.ports[0].containerPort: must be 8080, where gateway listens, and is 8081`,
  ],
  [
    'a monitor of another page',
    'eks',
    'PodMonitor/overcookied',
    (manifest) => {
      manifest.spec.podMetricsEndpoints[0].path = '/metric';
    },
    'PodMonitor/overcookied: spec.podMetricsEndpoints[0].path: must be /metrics, and is /metric',
  ],
  [
    'a monitor of a port that the pods do not have',
    'eks',
    'PodMonitor/overcookied',
    (manifest) => {
      manifest.spec.selector.matchLabels = { 'app.kubernetes.io/name': 'gateway' };
      manifest.spec.podMetricsEndpoints[0].port = 'metrics';
    },
    'PodMonitor/overcookied: spec.podMetricsEndpoints[0].port: there is no container with a port metrics; there is http (8080) (Deployment/gateway)',
  ],
];
