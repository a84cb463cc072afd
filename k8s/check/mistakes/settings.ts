import type { Manifest } from '../manifest.ts';
import { container, type Mistake, onContainer } from './mistake.ts';

export const settings: Mistake[] = [
  [
    'a secret that is read with the role of another service',
    'eks',
    'SecretStore/gateway',
    (manifest) => {
      manifest.spec.provider.aws.auth.jwt.serviceAccountRef.name = 'matchmaker';
    },
    'SecretStore/gateway: spec.provider.aws.auth.jwt.serviceAccountRef.name: must be gateway, whose role may read the secret, and is matchmaker',
  ],
  [
    'secrets that are looked for elsewhere',
    'eks',
    'SecretStore/gateway',
    (manifest) => {
      manifest.spec.provider.aws.service = 'ParameterStore';
    },
    'SecretStore/gateway: spec.provider.aws.service: must be SecretsManager, and is ParameterStore',
  ],
  [
    'a key that no service reads',
    'eks',
    'ConfigMap/gateway',
    (manifest) => {
      manifest.data.LOGLEVEL = 'debug';
    },
    /^ConfigMap\/gateway-\w+: data.LOGLEVEL: gateway does not read LOGLEVEL; did you mean LOG_LEVEL\?$/,
  ],
  [
    'a key that only another service reads',
    'eks',
    'ConfigMap/matchmaker',
    (manifest) => {
      manifest.data.PRACTICE_BOTS = '5';
    },
    /^ConfigMap\/matchmaker-\w+: data.PRACTICE_BOTS: matchmaker does not read PRACTICE_BOTS$/,
  ],
  [
    'a value that the service refuses',
    'eks',
    'ConfigMap/gateway',
    (manifest) => {
      manifest.data.LOG_LEVEL = 'verbose';
    },
    /^ConfigMap\/gateway-\w+: data.LOG_LEVEL: gateway refuses it: Invalid option: expected one of "fatal"\|/,
  ],
  [
    'a secret whose value the service refuses',
    'local',
    'Secret/practice',
    (manifest) => {
      manifest.data.JWT_SECRET = Buffer.from('short').toString('base64');
    },
    /^Secret\/practice-\w+: data.JWT_SECRET: practice refuses it: must be at least 32 bytes long/,
  ],
  [
    'a secret that lacks what the service needs',
    'local',
    'Secret/gateway',
    (manifest) => {
      delete manifest.data.JWT_SECRET;
    },
    /^Deployment\/gateway: .*envFrom: gateway would not start: wrong environment: JWT_SECRET: is required when NODE_ENV=production/,
  ],
  [
    'a variable that the service does not read',
    'eks',
    'Deployment/practice',
    (manifest) => {
      container(manifest).env.push({ name: 'GATEWAYURL', value: 'http://gateway' });
    },
    `Deployment/practice: ${onContainer}.env[1]: practice does not read GATEWAYURL; did you mean GATEWAY_URL?`,
  ],
  [
    'a ConfigMap that is not there',
    'eks',
    'Deployment/gateway',
    (manifest, all) => {
      const config = all.find(
        ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith('gateway-'),
      );
      all.splice(all.indexOf(config as Manifest), 1);
      container(manifest).envFrom[0].configMapRef.name = 'gateway';
    },
    /^Deployment\/gateway: .*envFrom\[0\].configMapRef.name: there is no ConfigMap gateway/,
  ],
  [
    'a ConfigMap that no pod uses',
    'eks',
    'Deployment/matchmaker',
    (manifest) => {
      container(manifest).envFrom.shift();
    },
    /^ConfigMap\/matchmaker-\w+: no pod uses it$/,
  ],
  [
    'a Secret that nothing makes',
    'eks',
    'ExternalSecret/matchmaker',
    (manifest) => {
      manifest.spec.target.name = 'matchmakers';
    },
    `Deployment/matchmaker: ${onContainer}.envFrom[1].secretRef.name: there is no Secret matchmaker; there are none`,
  ],
  [
    'a key that a Secret does not have',
    'local',
    'StatefulSet/valkey',
    (manifest) => {
      container(manifest).env[0].valueFrom.secretKeyRef.key = 'PASSWORD';
    },
    /StatefulSet\/valkey: .*env\[0\].valueFrom.secretKeyRef.key: Secret valkey-\w+ has no key PASSWORD; it has VALKEY_PASSWORD/,
  ],
  [
    'an ExternalSecret without its store',
    'eks',
    'ExternalSecret/gateway',
    (manifest) => {
      manifest.spec.secretStoreRef.name = 'gatewy';
    },
    'ExternalSecret/gateway: spec.secretStoreRef.name: there is no SecretStore gatewy; did you mean gateway?',
  ],
  [
    'a store whose ServiceAccount has no role',
    'eks',
    'ServiceAccount/gateway',
    (manifest) => {
      delete manifest.metadata.annotations['eks.amazonaws.com/role-arn'];
    },
    'ServiceAccount/gateway: metadata.annotations["eks.amazonaws.com/role-arn"]: must have a role: SecretStore/gateway reads secrets in its name',
  ],
  [
    'a place that no value of cluster.env has come to',
    'eks',
    'SecretStore/gateway',
    (manifest) => {
      manifest.spec.provider.aws.region = 'cluster.env';
    },
    'SecretStore/gateway: spec.provider.aws.region: still says "cluster.env": no replacement in cluster.yaml has this as its target',
  ],
  [
    'an address of a Service that is not there',
    'eks',
    'ConfigMap/practice',
    (manifest) => {
      manifest.data.GATEWAY_URL = 'http://gatway';
    },
    /^ConfigMap\/practice-\w+: data.GATEWAY_URL: there is no Service gatway; did you mean gateway\?$/,
  ],
  [
    'an address with a port that the Service does not have',
    'eks',
    'ConfigMap/practice',
    (manifest) => {
      manifest.data.GATEWAY_URL = 'http://gateway:8080';
    },
    /^ConfigMap\/practice-\w+: data.GATEWAY_URL: Service gateway has no port 8080; it has 80$/,
  ],
  [
    'the secret of another service',
    'eks',
    'ExternalSecret/gateway',
    (manifest) => {
      manifest.spec.dataFrom[0].extract.key = 'overcookied/production/practice';
    },
    "ExternalSecret/gateway: spec.dataFrom[0].extract.key: must end with /gateway, the service's own secret, and is overcookied/production/practice",
  ],
  [
    'the role of another service',
    'eks',
    'ServiceAccount/gateway',
    (manifest) => {
      manifest.metadata.annotations['eks.amazonaws.com/role-arn'] =
        'arn:aws:iam::1:role/overcookied-production-practice';
    },
    'ServiceAccount/gateway: metadata.annotations["eks.amazonaws.com/role-arn"]: must be the role of gateway, and is arn:aws:iam::1:role/overcookied-production-practice',
  ],
  [
    'a field that a pod cannot be told',
    'eks',
    'Deployment/gateway',
    (manifest) => {
      container(manifest).env[0].valueFrom.fieldRef.fieldPath = 'metadata.nam';
    },
    `Deployment/gateway: ${onContainer}.env[0].valueFrom.fieldRef.fieldPath: a pod cannot be told its metadata.nam`,
  ],
  [
    'a region that is none',
    'eks',
    'SecretStore/gateway',
    (manifest) => {
      manifest.spec.provider.aws.region = 'eu-central1';
    },
    'SecretStore/gateway: spec.provider.aws.region: must look like eu-central-1, and is eu-central1',
  ],
];
