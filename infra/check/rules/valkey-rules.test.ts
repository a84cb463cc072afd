import { expect, test } from 'vitest';
import { findPlanted, type Mistake } from '../planted.ts';

const door = 'valkey.tf: aws_vpc_security_group_ingress_rule.valkey: ';

const mistakes: Mistake[] = [
  {
    planted: 'a door to another port',
    edits: [['valkey.tf', 'to_port                      = 6379', 'to_port                      = 6380']],
    found: [`${door}must let in TCP to port 6379, and nothing else`],
  },
  {
    planted: 'a door to everything',
    edits: [['valkey.tf', 'ip_protocol                  = "tcp"', 'ip_protocol                  = "-1"']],
    found: [`${door}must let in TCP to port 6379, and nothing else`],
  },
  {
    planted: 'a Valkey with a way to the internet',
    edits: [['valkey.tf', 'module.vpc.intra_subnets', 'module.vpc.public_subnets']],
    found: [
      'valkey.tf: aws_elasticache_subnet_group.valkey: "subnet_ids" must be module.vpc.intra_subnets, not module.vpc.public_subnets',
    ],
  },
  {
    planted: "AWS' own default user",
    edits: [['valkey-users.tf', 'concat([aws_elasticache_user.nobody.user_id], [for', 'concat([], [for']],
    found: [
      'valkey-users.tf: aws_elasticache_user_group.valkey: "user_ids" must have the user named default: AWS would let in one that may do all',
    ],
  },
  {
    planted: 'a topic that Valkey tells nothing',
    edits: [
      [
        'alarms.tf',
        '-alarms"\n  policy =',
        '-alarms"\n  kms_master_key_id = aws_kms_key.this.id\n  policy =',
      ],
    ],
    found: [
      'alarms.tf: aws_sns_topic.alarms: "kms_master_key_id" must be left out: Valkey tells nothing to a topic that is encrypted',
    ],
  },
  {
    planted: 'another engine',
    edits: [['valkey.tf', 'engine                     = "valkey"', 'engine                     = "redis"']],
    found: ['valkey.tf: aws_elasticache_replication_group.valkey: "engine" must be "valkey", not "redis"'],
  },
  {
    planted: 'no failover',
    edits: [['valkey.tf', 'automatic_failover_enabled = true', 'automatic_failover_enabled = false']],
    found: [
      'valkey.tf: aws_elasticache_replication_group.valkey: "automatic_failover_enabled" must be true, not false',
    ],
  },
  {
    planted: 'one zone',
    edits: [['valkey.tf', 'multi_az_enabled           = true', 'multi_az_enabled           = false']],
    found: [
      'valkey.tf: aws_elasticache_replication_group.valkey: "multi_az_enabled" must be true, not false',
    ],
  },
  {
    planted: 'no TLS',
    edits: [
      ['valkey.tf', 'transit_encryption_mode    = "required"', 'transit_encryption_mode    = "preferred"'],
    ],
    found: [
      'valkey.tf: aws_elasticache_replication_group.valkey: "transit_encryption_mode" must be "required", not "preferred"',
    ],
  },
  {
    planted: 'no users',
    edits: [['valkey.tf', '  user_group_ids             = [aws_elasticache_user_group.valkey.id]\n', '']],
    found: ['valkey.tf: aws_elasticache_replication_group.valkey: "user_group_ids" is missing'],
  },
  {
    planted: 'one password for all',
    edits: [
      [
        'valkey.tf',
        '  port               = 6379',
        '  auth_token         = random_password.nobody.result\n  port               = 6379',
      ],
    ],
    found: [
      'valkey.tf: aws_elasticache_replication_group.valkey: "auth_token" is one password for all: users have their own',
    ],
  },
  {
    planted: 'a Valkey that throws keys away',
    edits: [['valkey.tf', '"noeviction"', '"allkeys-lru"']],
    found: [
      'valkey.tf: aws_elasticache_parameter_group.valkey: the parameter "maxmemory-policy" must be "noeviction", not "allkeys-lru"',
    ],
  },
  {
    planted: 'the parameters that AWS has by default',
    edits: [['valkey.tf', 'aws_elasticache_parameter_group.valkey.name', '"default.valkey8.cluster.on"']],
    found: [
      'valkey.tf: aws_elasticache_replication_group.valkey: "parameter_group_name" must be that of an aws_elasticache_parameter_group, whose policy is noeviction',
    ],
  },
  {
    planted: 'a user of everybody',
    edits: [['valkey-users.tf', '"off -@all"', '"on ~* +@all"']],
    found: [
      'valkey-users.tf: aws_elasticache_user.nobody: whoever names no user must get at nothing: its "access_string" begins with "off"',
    ],
  },
  {
    planted: "a door for the nodes' group instead of the pods'",
    edits: [
      ['valkey.tf', 'module.eks.cluster_primary_security_group_id', 'module.eks.node_security_group_id'],
    ],
    found: [
      "valkey.tf: aws_vpc_security_group_ingress_rule.valkey: must let in the cluster's own security group, in which the pods are (referenced_security_group_id = module.eks.cluster_primary_security_group_id), not module.eks.node_security_group_id",
    ],
  },
  {
    planted: 'a door for the network',
    edits: [
      [
        'valkey.tf',
        'referenced_security_group_id = module.eks.cluster_primary_security_group_id',
        'cidr_ipv4                    = var.vpc_cidr',
      ],
    ],
    found: [
      "valkey.tf: aws_vpc_security_group_ingress_rule.valkey: must let in the cluster's own security group, in which the pods are (referenced_security_group_id = module.eks.cluster_primary_security_group_id), not left out",
    ],
  },
  {
    planted: 'records without TLS',
    edits: [['records.tf', 'tls_enabled = true', 'tls_enabled = false']],
    found: ['records.tf: aws_memorydb_cluster.records: "tls_enabled" must be true, not false'],
  },
  {
    planted: 'the older API, which refuses Valkey',
    edits: [
      [
        'valkey.tf',
        'resource "aws_elasticache_subnet_group"',
        'resource "aws_elasticache_cluster" "old" {}\n\nresource "aws_elasticache_subnet_group"',
      ],
    ],
    found: [
      'valkey.tf: aws_elasticache_cluster.old: aws_elasticache_cluster is not in infra/check/schema/schema.json: "npm run infra:schema" puts it there, or says that there is none',
      'valkey.tf: aws_elasticache_cluster.old: cannot be Valkey: use aws_elasticache_replication_group',
    ],
  },
  {
    planted: 'a user group of another engine',
    edits: [
      ['valkey-users.tf', 'local.name\n  engine        = "valkey"', 'local.name\n  engine        = "redis"'],
    ],
    found: ['valkey-users.tf: aws_elasticache_user_group.valkey: "engine" must be "valkey", not "redis"'],
  },
];

test.each(mistakes)('$planted', async ({ edits, found }) => {
  expect(await findPlanted(edits)).toEqual(found);
});
