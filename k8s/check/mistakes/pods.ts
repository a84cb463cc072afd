import { container, type Mistake, onContainer } from './mistake.ts';

export const pods: Mistake[] = [
  [
    'no tag',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      container(manifest).image = 'registry.example.org:5000/overcookied/gateway';
    },
    `Deployment/gateway: ${onContainer}.image: registry.example.org:5000/overcookied/gateway must have a tag: without one it is latest`,
  ],
  [
    'the tag latest',
    'local',
    'StatefulSet/valkey',
    (manifest) => {
      container(manifest).image = 'valkey/valkey:latest';
    },
    `StatefulSet/valkey: ${onContainer}.image: valkey/valkey:latest: latest is another image every day; name a version`,
  ],
  [
    'a pod that may be root',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      delete manifest.spec.template.spec.securityContext.runAsNonRoot;
    },
    'Deployment/gateway: spec.template.spec.securityContext.runAsNonRoot: must be true',
  ],
  [
    'no seccomp profile',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      delete manifest.spec.template.spec.securityContext.seccompProfile;
    },
    'Deployment/gateway: spec.template.spec.securityContext.seccompProfile.type: must be RuntimeDefault',
  ],
  [
    'a root file system that can be written to',
    'eks',
    'Deployment/practice',
    (manifest) => {
      container(manifest).securityContext.readOnlyRootFilesystem = false;
    },
    `Deployment/practice: ${onContainer}.securityContext.readOnlyRootFilesystem: must be true`,
  ],
  [
    'capabilities',
    'eks',
    'Deployment/practice',
    (manifest) => {
      delete container(manifest).securityContext.capabilities;
    },
    `Deployment/practice: ${onContainer}.securityContext.capabilities.drop: must be [ALL]`,
  ],
  [
    'a missing probe',
    'eks',
    'Deployment/game-ticker',
    (manifest) => {
      delete container(manifest).readinessProbe;
    },
    `Deployment/game-ticker: ${onContainer}.readinessProbe: is missing`,
  ],
  [
    'a restart for what a restart does not mend',
    'eks',
    'Deployment/game-ticker',
    (manifest) => {
      container(manifest).livenessProbe.httpGet.path = '/readyz';
    },
    `Deployment/game-ticker: ${onContainer}.livenessProbe.httpGet.path: must be /livez, and is /readyz`,
  ],
  [
    'no requests',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      delete container(manifest).resources.requests.cpu;
    },
    `Deployment/gateway: ${onContainer}.resources.requests.cpu: is missing`,
  ],
  [
    'a request above the limit',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      container(manifest).resources.requests.memory = '2Gi';
    },
    /^Deployment\/gateway: .*resources.requests.memory: must be at most the limit, \d+Mi; it is 2Gi$/,
  ],
  [
    'a limit that stops the event loop',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      container(manifest).resources.limits.cpu = '2';
    },
    `Deployment/gateway: ${onContainer}.resources.limits.cpu: must not be set: it stops the event loop for the rest of each 100 ms`,
  ],
  [
    'too little grace',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      manifest.spec.template.spec.terminationGracePeriodSeconds = 30;
    },
    'Deployment/gateway: spec.template.spec.terminationGracePeriodSeconds: must be more than 35: 20 s of serving on, 5 s of sending players away, up to 10 s of ending; it is 30',
  ],
  [
    'a preStop that takes the grace away',
    'eks',
    'Deployment/practice',
    (manifest) => {
      container(manifest).lifecycle = { preStop: { sleep: { seconds: 20 } } };
    },
    'Deployment/practice: spec.template.spec.terminationGracePeriodSeconds: must be more than 30: 20 s of preStop, up to 10 s of ending; it is 20',
  ],
  [
    'a ServiceAccount that is not there',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      manifest.spec.template.spec.serviceAccountName = 'gateways';
    },
    'Deployment/gateway: spec.template.spec.serviceAccountName: there is no ServiceAccount gateways; did you mean gateway?',
  ],
  [
    'no account of its own',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      delete manifest.spec.template.spec.serviceAccountName;
    },
    'Deployment/gateway: spec.template.spec.serviceAccountName: is missing: the pod would be the account that all others share',
  ],
  [
    'a volume that is not there',
    'local',
    'StatefulSet/valkey',
    (manifest) => {
      container(manifest).volumeMounts[1].name = 'dat';
    },
    `StatefulSet/valkey: ${onContainer}.volumeMounts[1].name: the pod has no volume dat; did you mean data?`,
  ],
  [
    'a namespace that lets privileged pods in',
    'local',
    'Namespace/overcookied',
    (manifest) => {
      manifest.metadata.labels['pod-security.kubernetes.io/enforce'] = 'restrictd';
    },
    'Namespace/overcookied: metadata.labels["pod-security.kubernetes.io/enforce"]: must be restricted',
  ],
  [
    'a roll-out that begins by taking away',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      manifest.spec.strategy.rollingUpdate.maxUnavailable = '25%';
    },
    'Deployment/gateway: spec.strategy.rollingUpdate.maxUnavailable: must be 0: first new pods, then old ones',
  ],
];
