import type { Rule } from './rule.ts';

/** What the deploy command and infra/addons read. */
const agreed = [
  ...[
    'region',
    'environment',
    'domain',
    'game_url',
    'certificate_arn',
    'cluster_name',
    'cluster_endpoint',
    'kube_context',
  ],
  ...[
    'registry',
    'repositories',
    'valkey_endpoint',
    'valkey_port',
    'records_endpoint',
    'records_port',
    'vpc_cidr',
  ],
  ...['service_role_arns', 'secrets_prefix', 'vpc_id', 'zone_name', 'addon_role_arns', 'alarms_topic_arn'],
];

export const outputsRule: Rule = (root, report) => {
  const outputs = root.blocks.filter(({ kind }) => kind === 'output');
  const [first] = outputs;
  if (root.folder !== '' || !first) return;
  for (const name of agreed) {
    if (!outputs.some(({ labels }) => labels[0] === name)) {
      report({ ...first, labels: [name] }, 'is missing: deploy/ or infra/addons reads it');
    }
  }
};
