import type { Mistake } from './mistake.ts';

export const selectors: Mistake[] = [
  [
    'names that cannot be looked up',
    'eks',
    'NetworkPolicy/gateway',
    (manifest) => {
      manifest.spec.egress[0].ports.shift();
    },
    'Deployment/gateway: no NetworkPolicy lets it out to names, UDP to port 53',
  ],
  [
    'a Valkey that cannot be reached',
    'eks',
    'NetworkPolicy/valkey-clients',
    (manifest, all) => {
      manifest.spec.egress[0].ports[0].port = 6380;
      // Of all services the first one will do.
      const others = ['game-ticker', 'matchmaker', 'practice'];
      for (const name of others) {
        const own = all.find(
          ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name,
        ) as typeof manifest;
        own.spec.egress.push({ ports: [{ port: 6379 }] });
      }
    },
    'Deployment/gateway: no NetworkPolicy lets it out to Valkey, TCP to port 6379',
  ],
  [
    'a policy that opens all ports',
    'eks',
    'NetworkPolicy/gateway-players',
    (manifest) => {
      delete manifest.spec.ingress[0].ports;
    },
    'NetworkPolicy/gateway-players: spec.ingress[0].ports: is missing: all ports are open',
  ],
  [
    'a Service that selects nothing',
    'eks',
    'Service/gateway',
    (manifest) => {
      manifest.spec.selector['app.kubernetes.io/name'] = 'gatway';
    },
    /^Service\/gateway: spec.selector: selects nothing: no pod has app.kubernetes.io\/name=gatway. There are: /,
  ],
  [
    'a Service of two kinds of pods',
    'eks',
    'Service/practice',
    (manifest) => {
      manifest.spec.selector = { 'app.kubernetes.io/part-of': 'overcookied' };
    },
    'Service/practice: spec.selector: must select the pods of one service, and selects those of game-ticker and gateway and matchmaker and practice',
  ],
  [
    'a budget that selects nothing',
    'eks',
    'PodDisruptionBudget/matchmaker',
    (manifest) => {
      manifest.spec.selector.matchLabels = { app: 'matchmaker' };
    },
    /^PodDisruptionBudget\/matchmaker: spec.selector: selects nothing: no pod has app=matchmaker/,
  ],
  [
    'a policy that selects nothing',
    'eks',
    'NetworkPolicy/game-ticker',
    (manifest) => {
      manifest.spec.podSelector.matchLabels['app.kubernetes.io/name'] = 'ticker';
    },
    /^NetworkPolicy\/game-ticker: spec.podSelector: selects nothing/,
  ],
  [
    'a policy that lets nobody in',
    'eks',
    'NetworkPolicy/gateway-practice',
    (manifest) => {
      manifest.spec.ingress[0].from[0].podSelector.matchLabels['app.kubernetes.io/name'] = 'bots';
    },
    /^NetworkPolicy\/gateway-practice: spec.ingress\[0\].from\[0\].podSelector: selects nothing/,
  ],
  [
    'a policy for a namespace that is not there',
    'eks',
    'NetworkPolicy/gateway',
    (manifest) => {
      manifest.spec.ingress[0].from[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'] =
        'monitorin';
    },
    'NetworkPolicy/gateway: spec.ingress[0].from[0].namespaceSelector: selects nothing: no namespace has kubernetes.io/metadata.name=monitorin; did you mean monitoring?',
  ],
  [
    'a monitor that selects nothing',
    'eks',
    'PodMonitor/overcookied',
    (manifest) => {
      manifest.spec.selector.matchLabels = { 'app.kubernetes.io/part-of': 'cookies' };
    },
    /^PodMonitor\/overcookied: spec.selector: selects nothing/,
  ],
  [
    'a Deployment that does not recognise its pods',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      manifest.spec.selector.matchLabels['app.kubernetes.io/name'] = 'door';
    },
    'Deployment/gateway: spec.selector: must select its own pods, which have app.kubernetes.io/name=gateway, app.kubernetes.io/part-of=overcookied; it selects app.kubernetes.io/name=door',
  ],
  [
    'pods that are spread by the labels of others',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      manifest.spec.template.spec.topologySpreadConstraints[1].labelSelector.matchLabels = {
        'app.kubernetes.io/name': 'practice',
      };
    },
    /^Deployment\/gateway: spec.template.spec.topologySpreadConstraints\[1\].labelSelector: must select its own pods/,
  ],
  [
    'a label that no node has',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      manifest.spec.template.spec.topologySpreadConstraints[0].topologyKey = 'topology.kubernetes.io/zon';
    },
    'Deployment/gateway: spec.template.spec.topologySpreadConstraints[0].topologyKey: no node has the label topology.kubernetes.io/zon; did you mean topology.kubernetes.io/zone?',
  ],
  [
    'pods that no policy guards',
    'eks',
    'NetworkPolicy/game-ticker',
    (manifest, all) => {
      manifest.spec.policyTypes = ['Egress'];
      delete manifest.spec.ingress;
      const others = all.findIndex(({ metadata }) => metadata.name === 'default-deny');
      all.splice(others, 1);
    },
    'Deployment/game-ticker: no NetworkPolicy says what is let in: all is',
  ],
  [
    'a network that is none',
    'eks',
    'NetworkPolicy/gateway-players',
    (manifest) => {
      manifest.spec.ingress[0].from[0].ipBlock.cidr = '10.40.0.0/166';
    },
    'NetworkPolicy/gateway-players: spec.ingress[0].from[0].ipBlock.cidr: must be a network like 10.40.0.0/16, and is 10.40.0.0/166',
  ],
];
