// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is Terraform that replaces them
/** Valkey, and the records: lose nothing, let nobody in but the pods. */
import { expressionOf, literalOf } from '../hcl/raw.ts';
import { addressOf, type Block, type Root } from '../root.ts';
import { blocksOf, demand, moduleOf, named, type Rule, resources, rootOf, textOf } from './rule.ts';

const eksSource = 'terraform-aws-modules/eks/aws';

/** The older API, which refuses Valkey. */
const noOldClusters: Rule = (root, report) => {
  for (const block of resources(root, 'aws_elasticache_cluster')) {
    report(block, 'cannot be Valkey: use aws_elasticache_replication_group');
  }
};

const replicationGroups: Rule = (root, report) => {
  for (const block of resources(root, 'aws_elasticache_replication_group')) {
    demand(
      block,
      {
        engine: 'valkey',
        cluster_mode: 'enabled',
        multi_az_enabled: true,
        automatic_failover_enabled: true,
        transit_encryption_enabled: true,
        transit_encryption_mode: 'required',
        at_rest_encryption_enabled: true,
      },
      report,
    );
    for (const name of [
      'user_group_ids',
      'subnet_group_name',
      'security_group_ids',
      'snapshot_retention_limit',
    ]) {
      if (block.body[name] === undefined) report(block, `"${name}" is missing`);
    }
    if (block.body.auth_token !== undefined)
      report(block, '"auth_token" is one password for all: users have their own');
    checkParameters(root, block, 'aws_elasticache_parameter_group', 'valkey8', report, {
      'cluster-enabled': 'yes',
    });
  }
};

const memoryDb: Rule = (root, report) => {
  for (const block of resources(root, 'aws_memorydb_cluster')) {
    demand(block, { engine: 'valkey', tls_enabled: true }, report);
    if (!named(root, 'aws_memorydb_acl', block.body.acl_name)) {
      report(block, `"acl_name" must be that of an aws_memorydb_acl, not ${textOf(block.body.acl_name)}`);
    }
    checkParameters(root, block, 'aws_memorydb_parameter_group', 'memorydb_valkey7', report);
  }
};

function checkParameters(
  root: Root,
  block: Block,
  type: string,
  family: string,
  report: (block: Block, what: string) => void,
  further: Record<string, string> = {},
): void {
  const group = named(root, type, block.body.parameter_group_name);
  if (!group) {
    report(block, `"parameter_group_name" must be that of an ${type}, whose policy is noeviction`);
    return;
  }
  demand(group, { family }, report);
  const parameters = blocksOf(group.body.parameter).map(({ name, value }) => [
    literalOf(name),
    literalOf(value),
  ]);
  for (const [name, value] of Object.entries({ 'maxmemory-policy': 'noeviction', ...further })) {
    const found = parameters.find(([each]) => each === name)?.[1];
    if (found !== value) report(group, `the parameter "${name}" must be "${value}", not ${textOf(found)}`);
  }
}

/** ElastiCache and MemoryDB tell an encrypted topic nothing, and do not say so. */
const topics: Rule = (root, report) => {
  const stores = [
    ...resources(root, 'aws_elasticache_replication_group'),
    ...resources(root, 'aws_memorydb_cluster'),
  ];
  const told = stores.map(({ body }) =>
    named(root, 'aws_sns_topic', body.notification_topic_arn ?? body.sns_topic_arn),
  );
  for (const topic of new Set(told)) {
    if (topic?.body.kms_master_key_id !== undefined)
      report(
        topic,
        '"kms_master_key_id" must be left out: Valkey tells nothing to a topic that is encrypted',
      );
  }
};

/** Where there is no way to the internet, and none from it. */
const subnets: Rule = (root, report) => {
  const groups = ['aws_elasticache_subnet_group', 'aws_memorydb_subnet_group'];
  for (const block of groups.flatMap((type) => resources(root, type))) {
    const { subnet_ids } = block.body;
    if (subnet_ids !== undefined && subnet_ids !== '${module.vpc.intra_subnets}')
      report(block, `"subnet_ids" must be module.vpc.intra_subnets, not ${textOf(subnet_ids)}`);
  }
};

const users: Rule = (root, report) => {
  const nobody = resources(root, 'aws_elasticache_user').find(
    ({ body }) => literalOf(body.user_name) === 'default',
  );
  for (const block of resources(root, 'aws_elasticache_user_group')) {
    demand(block, { engine: 'valkey' }, report);
    if (!nobody || !textOf(block.body.user_ids).includes(`${addressOf(nobody)}.user_id`))
      report(block, '"user_ids" must have the user named default: AWS would let in one that may do all');
  }
  for (const block of resources(root, 'aws_elasticache_user')) {
    demand(block, { engine: 'valkey' }, report);
    if (literalOf(block.body.no_password_required) === true) report(block, 'must have a password');
    if (
      literalOf(block.body.user_name) === 'default' &&
      !String(block.body.access_string).startsWith('off ')
    ) {
      report(block, 'whoever names no user must get at nothing: its "access_string" begins with "off"');
    }
  }
};

/** Only EKS' own security group of the cluster has the pods in it. */
const admittance: Rule = (root, report) => {
  const guarded = new Set(
    [
      ...resources(root, 'aws_elasticache_replication_group'),
      ...resources(root, 'aws_memorydb_cluster'),
    ].flatMap(({ body }) =>
      [body.security_group_ids ?? []].flat().map((id) => named(root, 'aws_security_group', id)),
    ),
  );
  for (const block of resources(root, 'aws_vpc_security_group_ingress_rule')) {
    for (const name of ['cidr_ipv4', 'cidr_ipv6']) {
      if (/\/0$/.test(String(block.body[name]))) report(block, `"${name}" lets the whole internet in`);
    }
    if (!guarded.has(named(root, 'aws_security_group', block.body.security_group_id))) continue;
    const { ip_protocol, from_port, to_port } = block.body;
    if (ip_protocol !== 'tcp' || from_port !== 6379 || to_port !== 6379)
      report(block, 'must let in TCP to port 6379, and nothing else');
    const source = block.body.referenced_security_group_id;
    const [kind, name, output] = (source !== undefined && rootOf(expressionOf(source))) || [];
    if (
      kind === 'module' &&
      name === moduleOf(root, eksSource)?.labels[0] &&
      output === 'cluster_primary_security_group_id'
    )
      continue;
    report(
      block,
      `must let in the cluster's own security group, in which the pods are (referenced_security_group_id = module.eks.cluster_primary_security_group_id), not ${textOf(source)}`,
    );
  }
};

export const valkeyRules: Rule[] = [
  noOldClusters,
  replicationGroups,
  memoryDb,
  subnets,
  topics,
  users,
  admittance,
];
