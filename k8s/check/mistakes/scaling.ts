import { type Mistake, trigger } from './mistake.ts';

const query = 'spec.triggers[0].metadata.query';
const scaleDown = 'spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown';

export const scaling: Mistake[] = [
  [
    'an average that is divided once more',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      trigger(manifest).metadata.query = 'avg(overcookied_sockets{namespace="overcookied"})';
    },
    `ScaledObject/gateway: ${query}: must be a sum: as an AverageValue it is divided by the number of pods`,
  ],
  [
    'a rate of what goes up and down',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      trigger(manifest).metadata.query = 'sum(rate(overcookied_sockets{namespace="overcookied"}[1m]))';
    },
    `ScaledObject/gateway: ${query}: overcookied_sockets goes up and down: it has no rate`,
  ],
  [
    'pods that go at the first quiet moment',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      manifest.spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.stabilizationWindowSeconds = 0;
    },
    `ScaledObject/gateway: ${scaleDown}.stabilizationWindowSeconds: must be at least 300, and is 0`,
  ],
  [
    'pods that all go at once',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      delete manifest.spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies;
    },
    `ScaledObject/gateway: ${scaleDown}.policies: is missing: all that are too many would go at once`,
  ],
  [
    'an autoscaler of nothing',
    'eks',
    'ScaledObject/game-ticker',
    (manifest) => {
      manifest.spec.scaleTargetRef.name = 'ticker';
    },
    /^ScaledObject\/game-ticker: spec.scaleTargetRef: scales nothing: there is no Deployment ticker/,
  ],
  [
    'two autoscalers of one service',
    'local',
    'HorizontalPodAutoscaler/gateway',
    (manifest, all) => {
      all.push({ ...structuredClone(manifest), metadata: { name: 'other' } });
    },
    /^HorizontalPodAutoscaler\/other: spec.scaleTargetRef: Deployment gateway is scaled by HorizontalPodAutoscaler\/gateway as well/,
  ],
  [
    'a number of pods beside an autoscaler',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      manifest.spec.replicas = 3;
    },
    'Deployment/gateway: spec.replicas: must not be set: ScaledObject/gateway has the say, and each deploy would undo its decision',
  ],
  [
    'a budget that lets no pod go',
    'eks',
    'PodDisruptionBudget/gateway',
    (manifest) => {
      manifest.spec.maxUnavailable = 0;
    },
    'PodDisruptionBudget/gateway: spec.maxUnavailable: lets no pod be evicted: of 3 at least one must be free to go',
  ],
  [
    'a budget that wants all pods',
    'eks',
    'PodDisruptionBudget/gateway',
    (manifest) => {
      delete manifest.spec.maxUnavailable;
      manifest.spec.minAvailable = '90%';
    },
    'PodDisruptionBudget/gateway: spec.minAvailable: lets no pod be evicted: of 3 at least one must be free to go',
  ],
  [
    'most below least',
    'eks',
    'ScaledObject/matchmaker',
    (manifest) => {
      manifest.spec.maxReplicaCount = 2;
    },
    'ScaledObject/matchmaker: spec.maxReplicaCount: must be at least minReplicaCount, which is 3; it is 2',
  ],
  [
    'a metric that no service tells',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      trigger(manifest).metadata.query = 'sum(overcookied_socket)';
    },
    'ScaledObject/gateway: spec.triggers[0].metadata.query: no service tells the metric overcookied_socket; did you mean overcookied_sockets?',
  ],
  [
    'a metric of a name that is not even ours',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      trigger(manifest).metadata.query = 'sum(overcooked_sockets)';
    },
    'ScaledObject/gateway: spec.triggers[0].metadata.query: no service tells the metric overcooked_sockets; did you mean overcookied_sockets?',
  ],
  [
    'a query that is none',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      trigger(manifest).metadata.query = 'sum(overcookied_sockets';
    },
    /^ScaledObject\/gateway: spec.triggers\[0\].metadata.query: is no PromQL near /,
  ],
  [
    'a kind of metric that KEDA does not know',
    'eks',
    'ScaledObject/game-ticker',
    (manifest) => {
      trigger(manifest).metricType = 'Average';
    },
    'ScaledObject/game-ticker: spec.triggers[0].metricType: must be one of AverageValue, Value, Utilization',
  ],
  [
    'nothing to fall back on',
    'eks',
    'ScaledObject/game-ticker',
    (manifest) => {
      delete manifest.spec.fallback;
    },
    'ScaledObject/game-ticker: spec.fallback: is missing: without Prometheus nothing would be scaled any more',
  ],
  [
    'an alert on a metric that no service tells',
    'eks',
    'PrometheusRule/overcookied',
    (manifest) => {
      manifest.spec.groups[0].rules[0].expr = 'overcookied_results_faild > 0';
    },
    'PrometheusRule/overcookied: spec.groups[0].rules[0].expr: no service tells the metric overcookied_results_faild; did you mean overcookied_results_failed?',
  ],
  [
    'a trigger that KEDA does not know',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      trigger(manifest).type = 'promethes';
    },
    'ScaledObject/gateway: spec.triggers[0].type: there is no trigger promethes here; did you mean prometheus?',
  ],
  [
    'a misspelt setting of a trigger',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      trigger(manifest).metadata.treshold = '500';
      delete trigger(manifest).metadata.threshold;
    },
    'ScaledObject/gateway: spec.triggers[0].metadata.treshold: prometheus knows no treshold; did you mean threshold?',
  ],
  [
    'a threshold that is no number',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      trigger(manifest).metadata.threshold = 'many';
    },
    'ScaledObject/gateway: spec.triggers[0].metadata.threshold: must be a number above 0, and is many',
  ],
  [
    'a resource that nobody measures',
    'local',
    'HorizontalPodAutoscaler/gateway',
    (manifest) => {
      manifest.spec.metrics[0].resource.name = 'cpus';
    },
    'HorizontalPodAutoscaler/gateway: spec.metrics[0].resource.name: must be one of cpu, memory, and is cpus',
  ],
  [
    'a query by a label that nothing has',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      trigger(manifest).metadata.query = 'sum(overcookied_sockets{namespce="overcookied"})';
    },
    'ScaledObject/gateway: spec.triggers[0].metadata.query: no time series has the label namespce; did you mean namespace?',
  ],
  [
    'a query for another namespace',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      trigger(manifest).metadata.query = 'sum(overcookied_sockets{namespace="cookies"})';
    },
    'ScaledObject/gateway: spec.triggers[0].metadata.query: must ask for the namespace overcookied, and asks for cookies',
  ],
  [
    'a Prometheus in a namespace that is not there',
    'eks',
    'ScaledObject/gateway',
    (manifest) => {
      trigger(manifest).metadata.serverAddress = 'http://prometheus-operated.monitorng.svc:9090';
    },
    /^ScaledObject\/gateway: spec.triggers\[0\].metadata.serverAddress: must be http:\/\/prometheus-operated.monitoring.svc:9090/,
  ],
];
