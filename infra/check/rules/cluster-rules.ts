// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is Terraform that replaces them
/** The Kubernetes cluster and its images. */
import type { Expression } from '../hcl/expression.ts';
import { expressionOf, literalOf } from '../hcl/raw.ts';
import type { Block, Body } from '../root.ts';
import { blocksOf, demand, moduleOf, named, type Rule, resources } from './rule.ts';

const cluster: Rule = (root, report) => {
  const block = moduleOf(root, 'terraform-aws-modules/eks/aws');
  if (!block) return;
  const { kubernetes_version, endpoint_public_access_cidrs, enabled_log_types, addons } = block.body;
  demand(block, { authentication_mode: 'API', endpoint_private_access: true }, report);
  if (kubernetes_version === undefined)
    report(block, '"kubernetes_version" is missing: AWS would choose, anew at each upgrade');
  if (
    endpoint_public_access_cidrs === undefined ||
    /0\.0\.0\.0\/0/.test(JSON.stringify(endpoint_public_access_cidrs))
  ) {
    report(
      block,
      '"endpoint_public_access_cidrs" must say who may reach the API: left out, it is the whole internet',
    );
  }
  for (const type of ['api', 'audit', 'authenticator']) {
    if (!JSON.stringify(enabled_log_types ?? []).includes(type))
      report(block, `"enabled_log_types" must have "${type}"`);
  }
  // Without it the network policies of k8s/ are there and hold nobody up.
  const cni = ((addons as Body | undefined)?.['vpc-cni'] ?? {}) as Body;
  if (!/enableNetworkPolicy\s*=\s*"true"/.test(String(cni.configuration_values))) {
    report(block, 'the add-on vpc-cni must enforce network policies: enableNetworkPolicy = "true"');
  }
  checkNodes(block, report);
};

/** What admits the cluster's security group admits a pod only if its node is in that group. */
function checkNodes(block: Block, report: (block: Block, what: string) => void): void {
  const group = groupOf(expressionOf(block.body.eks_managed_node_groups ?? {}));
  const field = (name: string) => group?.find(([key]) => nameOf(key) === name)?.[1];
  const attached = field('attach_cluster_primary_security_group');
  if (attached?.kind !== 'literal' || attached.value !== true) {
    report(
      block,
      "its node groups must be in the cluster's own security group: attach_cluster_primary_security_group = true",
    );
  }
  demand(block, { create_node_security_group: false }, report);
  const options = field('metadata_options');
  for (const [name, value] of [
    ['http_tokens', 'required'],
    ['http_put_response_hop_limit', 1],
  ]) {
    const found =
      options?.kind === 'object' ? options.entries.find(([key]) => nameOf(key) === name)?.[1] : undefined;
    if (found?.kind !== 'literal' || found.value !== value)
      report(
        block,
        `its node groups must keep pods from the node's role: metadata_options.${name} = ${value}`,
      );
  }
  if (!JSON.stringify(field('subnet_ids') ?? '').includes('private_subnets'))
    report(block, 'its node groups must be in module.vpc.private_subnets');
}

const nameOf = (key: Expression) => (key.kind === 'literal' ? key.value : undefined);

function groupOf(groups: Expression): [Expression, Expression][] | undefined {
  const group =
    groups.kind === 'for' ? groups.value : groups.kind === 'object' ? groups.entries[0]?.[1] : undefined;
  return group?.kind === 'object' ? group.entries : undefined;
}

const images: Rule = (root, report) => {
  for (const block of resources(root, 'aws_ecr_repository')) {
    demand(block, { image_tag_mutability: 'IMMUTABLE' }, report);
    const [scanning = {}] = blocksOf(block.body.image_scanning_configuration);
    demand(block, { scan_on_push: true }, report, scanning);
    const policies = resources(root, 'aws_ecr_lifecycle_policy').map(
      ({ body }) => body.for_each ?? body.repository,
    );
    if (!policies.some((each) => named(root, 'aws_ecr_repository', each) === block)) {
      report(block, 'has no aws_ecr_lifecycle_policy: its images would be kept, and paid for, for good');
    }
  }
};

/** A role that a service account may take must say which one. */
const serviceAccounts: Rule = (root, report) => {
  for (const block of root.blocks) {
    if (block.kind !== 'data' || block.labels[0] !== 'aws_iam_policy_document') continue;
    for (const { actions, condition } of blocksOf(block.body.statement)) {
      if (!JSON.stringify(actions ?? []).includes('AssumeRoleWithWebIdentity')) continue;
      const variables = blocksOf(condition).map(({ variable }) => String(variable));
      for (const claim of [':sub', ':aud']) {
        if (!variables.some((each) => each.endsWith(claim)))
          report(block, `must have a condition on the token's "${claim}"`);
      }
      for (const { test, values } of blocksOf(condition)) {
        if (test !== 'StringEquals')
          report(block, `"test" must be "StringEquals", not ${JSON.stringify(test)}`);
        if (/[*?]/.test(JSON.stringify(values))) report(block, `"values" must have no wildcard`);
      }
      const account = blocksOf(condition).find(({ variable }) => String(variable).endsWith(':sub'))?.values;
      if (block.body.for_each !== undefined && account && !JSON.stringify(account).includes('each.key'))
        report(block, 'must be for the service account of each.key alone');
    }
  }
};

/** Of the secrets, whoever may read one may read that of one service. */
const secretReaders: Rule = (root, report) => {
  for (const block of root.blocks) {
    if (block.kind !== 'data' || block.labels[0] !== 'aws_iam_policy_document') continue;
    for (const { actions, resources: of } of blocksOf(block.body.statement)) {
      if (!JSON.stringify(actions ?? []).includes('secretsmanager:')) continue;
      if (JSON.stringify(of) !== '["${aws_secretsmanager_secret.services[each.key].arn}"]')
        report(block, 'must be for aws_secretsmanager_secret.services[each.key].arn alone');
    }
  }
};

const versionsOfCharts: Rule = (root, report) => {
  for (const block of resources(root, 'helm_release')) {
    if (block.body.version === undefined) report(block, '"version" is missing: Helm would take the newest');
  }
  const charts = root.blocks.find(({ kind, body }) => kind === 'locals' && body.charts !== undefined);
  for (const [name, chart] of Object.entries((charts?.body.charts ?? {}) as Record<string, Body>)) {
    const version = String(literalOf(chart.version));
    if (charts && !/^\d+\.\d+\.\d+$/.test(version))
      report(charts, `the chart ${name} is not pinned to an exact version: ${version}`);
  }
};

export const clusterRules: Rule[] = [cluster, images, serviceAccounts, secretReaders, versionsOfCharts];
