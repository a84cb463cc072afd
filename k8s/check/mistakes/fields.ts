import { container, type Mistake, onContainer, trigger } from './mistake.ts';

export const fields: Mistake[] = [
  [
    'a misspelt field',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      container(manifest).readinesProbe = container(manifest).readinessProbe;
    },
    `Deployment/gateway: ${onContainer}.readinesProbe: there is no such field; did you mean readinessProbe?`,
  ],
  [
    'a field in the wrong place',
    'local',
    'StatefulSet/valkey',
    (manifest) => {
      manifest.spec.terminationGracePeriodSeconds = 5;
    },
    'StatefulSet/valkey: spec.terminationGracePeriodSeconds: there is no such field',
  ],
  [
    'a missing field',
    'eks',
    'Deployment/matchmaker',
    (manifest) => {
      delete manifest.spec.selector;
    },
    'Deployment/matchmaker: spec: selector is missing',
  ],
  [
    'a text for a number',
    'eks',
    'Deployment/matchmaker',
    (manifest) => {
      manifest.spec.minReadySeconds = '5';
    },
    'Deployment/matchmaker: spec.minReadySeconds: must be an integer',
  ],
  [
    'what is neither a number nor a text',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      manifest.spec.strategy.rollingUpdate.maxSurge = true;
    },
    'Deployment/gateway: spec.strategy.rollingUpdate.maxSurge: must be a string, or must be an integer',
  ],
  [
    'a word that is none of those allowed',
    'eks',
    'Ingress/gateway',
    (manifest) => {
      manifest.spec.rules[0].http.paths[0].pathType = 'Exakt';
    },
    'Ingress/gateway: spec.rules[0].http.paths[0].pathType: must be one of Exact, ImplementationSpecific, Prefix',
  ],
  [
    'a version that is gone',
    'eks',
    'PodDisruptionBudget/gateway',
    (manifest) => {
      manifest.apiVersion = 'policy/v1beta1';
    },
    'PodDisruptionBudget/gateway: there is no kind PodDisruptionBudget in policy/v1beta1; PodDisruptionBudget is of policy/v1',
  ],
  [
    'a misspelt kind',
    'eks',
    'Service/gateway',
    (manifest) => {
      manifest.kind = 'Servise';
    },
    'Servise/gateway: there is no kind Servise in v1; did you mean Service?',
  ],
  [
    'a misspelt field of KEDA',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      manifest.spec.minReplicasCount = 3;
    },
    'ScaledObject/gateway: spec.minReplicasCount: there is no such field; did you mean minReplicaCount?',
  ],
  [
    'a number where KEDA wants a text',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      trigger(manifest).metadata.threshold = 400;
    },
    'ScaledObject/gateway: spec.triggers[0].metadata.threshold: must be a string',
  ],
  [
    'a misspelt field of External Secrets',
    'eks',
    'ExternalSecret/gateway',
    (manifest) => {
      manifest.spec.target.deletePolicy = 'Retain';
    },
    'ExternalSecret/gateway: spec.target.deletePolicy: there is no such field; did you mean deletionPolicy?',
  ],
  [
    'a misspelt field of the Prometheus Operator',
    'eks',
    'PodMonitor/overcookied',
    (manifest) => {
      manifest.spec.podMetricsEndpoints[0].intervall = '15s';
    },
    'PodMonitor/overcookied: spec.podMetricsEndpoints[0].intervall: there is no such field; did you mean interval?',
  ],
];
