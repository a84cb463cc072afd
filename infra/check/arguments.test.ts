import { expect, test } from 'vitest';
import { findPlanted, type Mistake } from './planted.ts';

const mistakes: Mistake[] = [
  {
    planted: 'a misspelt argument',
    edits: [['valkey.tf', 'notification_topic_arn ', 'notification_topic_arm ']],
    found: [
      'valkey.tf: aws_elasticache_replication_group.valkey: "notification_topic_arm" is no argument here, did you mean "notification_topic_arn"?',
    ],
  },
  {
    planted: 'a misspelt argument that must be there',
    edits: [
      ['valkey.tf', '  subnet_ids  = module.vpc.intra_subnets', '  subnet_id  = module.vpc.intra_subnets'],
    ],
    found: [
      'valkey.tf: aws_elasticache_subnet_group.valkey: "subnet_id" is no argument here, did you mean "subnet_ids"?',
      'valkey.tf: aws_elasticache_subnet_group.valkey: "subnet_ids" is missing',
    ],
  },
  {
    planted: 'a missing argument',
    edits: [['valkey-users.tf', '  user_name     = "default"\n', '']],
    found: [
      'valkey-users.tf: aws_elasticache_user.nobody: "user_name" is missing',
      'valkey-users.tf: aws_elasticache_user_group.valkey: "user_ids" must have the user named default: AWS would let in one that may do all',
    ],
  },
  {
    planted: 'a misspelt block',
    edits: [['registry.tf', 'encryption_configuration {', 'encryption_config {']],
    found: [
      'registry.tf: aws_ecr_repository.services: "encryption_config" is no argument here, did you mean "encryption_configuration"?',
    ],
  },
  {
    planted: 'a misspelt argument in a block',
    edits: [['bootstrap/main.tf', 'sse_algorithm     =', 'sse_algoritm      =']],
    found: [
      'bootstrap/main.tf: aws_s3_bucket_server_side_encryption_configuration.state: "rule.apply_server_side_encryption_by_default.sse_algoritm" is no argument here, did you mean "sse_algorithm"?',
      'bootstrap/main.tf: aws_s3_bucket_server_side_encryption_configuration.state: "rule.apply_server_side_encryption_by_default.sse_algorithm" is missing',
    ],
  },
  {
    planted: 'a misspelt dynamic block',
    edits: [
      [
        'valkey.tf',
        'dynamic "log_delivery_configuration" {\n    for_each',
        'dynamic "log_delivery_configurations" {\n    iterator = log_delivery_configuration\n    for_each',
      ],
    ],
    found: [
      'valkey.tf: aws_elasticache_replication_group.valkey: "log_delivery_configurations" is no argument here, did you mean "log_delivery_configuration"?',
    ],
  },
  {
    planted: 'a missing argument in a dynamic block',
    edits: [['valkey.tf', '      log_format       = "json"\n', '']],
    found: [
      'valkey.tf: aws_elasticache_replication_group.valkey: "log_delivery_configuration.log_format" is missing',
    ],
  },
  {
    planted: 'a block that is written as an argument',
    edits: [['bootstrap/main.tf', 'versioning_configuration {', 'versioning_configuration = {']],
    found: [
      'bootstrap/main.tf: aws_s3_bucket_versioning.state: "versioning_configuration" is a block: it is written without "="',
      'bootstrap/main.tf: aws_s3_bucket_versioning.state: the block "versioning_configuration" is missing',
      'bootstrap/main.tf: aws_s3_bucket_versioning.state: "status" must be "Enabled", not left out',
    ],
  },
  {
    planted: 'an argument that the provider tells',
    edits: [
      [
        'encryption.tf',
        '  enable_key_rotation     = true\n',
        '  enable_key_rotation     = true\n  arn = "x"\n',
      ],
    ],
    found: ['encryption.tf: aws_kms_key.this: "arn" cannot be set: the provider tells it'],
  },
  {
    planted: 'a misspelt argument of a data source',
    edits: [['locals.tf', 'state = "available"', 'stat = "available"']],
    found: ['locals.tf: data.aws_availability_zones.this: "stat" is no argument here, did you mean "state"?'],
  },
  {
    planted: 'a misspelt argument of a provider',
    edits: [['versions.tf', '  region = var.region', '  regoin = var.region']],
    found: ['versions.tf: provider.aws: "regoin" is no argument here, did you mean "region"?'],
  },
  {
    planted: 'a value of another type',
    edits: [
      ['valkey.tf', 'num_node_groups            = var.valkey_shards', 'num_node_groups            = "many"'],
    ],
    found: [
      'valkey.tf: aws_elasticache_replication_group.valkey: "num_node_groups" must be a number, not "many"',
    ],
  },
  {
    planted: 'text where a list is wanted',
    edits: [
      [
        'valkey.tf',
        'user_group_ids             = [aws_elasticache_user_group.valkey.id]',
        'user_group_ids             = aws_elasticache_user_group.valkey.id',
      ],
    ],
    found: [
      'valkey.tf: aws_elasticache_replication_group.valkey: "user_group_ids" must be a list, not a string',
    ],
  },
  {
    planted: 'a resource that the provider does not have',
    edits: [['dns.tf', 'resource "aws_acm_certificate" "this"', 'resource "aws_acm_certificates" "this"']],
    found: [
      'dns.tf: aws_acm_certificate_validation.this: "aws_acm_certificate.this.arn" is declared nowhere, did you mean "aws_acm_certificates.this"?',
      'dns.tf: aws_route53_record.certificate: "aws_acm_certificate.this.domain_validation_options" is declared nowhere',
      'dns.tf: aws_acm_certificates.this: aws_acm_certificates is not in infra/check/schema/schema.json: "npm run infra:schema" puts it there, or says that there is none',
    ],
  },
  {
    planted: 'a file that is no HCL',
    edits: [['dns.tf', 'private_zone = false', 'private_zone = = false']],
    found: [
      'dns.tf: syntax: line 5,18-19: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
    ],
  },
  {
    planted: 'a misspelt input of a module',
    edits: [
      [
        'cluster.tf',
        '  name                = local.name\n  kubernetes_version',
        '  cluster_name        = local.name\n  kubernetes_version',
      ],
    ],
    found: [
      'cluster.tf: module.eks: "cluster_name" is no input of terraform-aws-modules/eks/aws, did you mean "name"?',
    ],
  },
  {
    planted: 'an input of another type',
    edits: [['network.tf', 'cidr = var.vpc_cidr', 'cidr = [var.vpc_cidr]']],
    found: ['network.tf: module.vpc: "cidr" must be a string, not a list'],
  },
  {
    planted: 'a misspelt field of a node group',
    edits: [['cluster.tf', '    max_size       = var', '    maximum_size   = var']],
    found: [
      'cluster.tf: module.eks: "eks_managed_node_groups[…]" has no "maximum_size", did you mean "max_size"?',
    ],
  },
  {
    planted: 'a misspelt field of an add-on',
    edits: [
      ['cluster.tf', 'kube-proxy     = { most_recent = false }', 'kube-proxy     = { recent = false }'],
    ],
    found: ['cluster.tf: module.eks: "addons.kube-proxy" has no "recent"'],
  },
  {
    planted: 'a misspelt field of what is passed to a module by a name',
    edits: [['cluster.tf', 'policy_associations = {', 'policy_asociations = {']],
    found: [
      'cluster.tf: module.eks: "access_entries[…]" has no "policy_asociations", did you mean "policy_associations"?',
    ],
  },
];

test.each(mistakes)('$planted', async ({ edits, found }) => {
  expect(await findPlanted(edits)).toEqual(found);
});
