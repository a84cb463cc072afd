import { expect, test } from 'vitest';
import { findPlanted, type Mistake } from './planted.ts';

const mistakes: Mistake[] = [
  {
    planted: 'a variable that is not declared',
    edits: [['valkey.tf', 'var.valkey_node_type', 'var.valkey_nodetype']],
    found: [
      'valkey.tf: aws_elasticache_replication_group.valkey: "var.valkey_nodetype" is declared nowhere, did you mean "var.valkey_node_type"?',
      'variables-size.tf: var.valkey_node_type: is used nowhere: take it out',
    ],
  },
  {
    planted: 'a local value that is not declared',
    edits: [['outputs.tf', 'local.secrets_prefix', 'local.secret_prefix']],
    found: [
      'outputs.tf: output.secrets_prefix: "local.secret_prefix" is declared nowhere, did you mean "local.secrets_prefix"?',
    ],
  },
  {
    planted: 'a resource that is not declared',
    edits: [['valkey.tf', '[aws_security_group.valkey.id]', '[aws_security_group.valkye.id]']],
    found: [
      'valkey.tf: aws_elasticache_replication_group.valkey: "aws_security_group.valkye.id" is declared nowhere, did you mean "aws_security_group.valkey"?',
    ],
  },
  {
    planted: 'a data source that is not declared',
    edits: [
      [
        'dns.tf',
        'zone_id         = data.aws_route53_zone.this.zone_id',
        'zone_id         = data.aws_route53_zone.that.zone_id',
      ],
    ],
    found: [
      'dns.tf: aws_route53_record.certificate: "data.aws_route53_zone.that.zone_id" is declared nowhere, did you mean "data.aws_route53_zone.this"?',
    ],
  },
  {
    planted: 'an attribute that a resource does not have',
    edits: [
      [
        'outputs.tf',
        'aws_elasticache_replication_group.valkey.port\n}\n\noutput "records_endpoint"',
        'aws_elasticache_replication_group.valkey.prot\n}\n\noutput "records_endpoint"',
      ],
    ],
    found: [
      'outputs.tf: output.valkey_port: "aws_elasticache_replication_group.valkey" has no attribute "prot", did you mean "port"?',
    ],
  },
  {
    planted: 'an attribute that the items of a loop do not have',
    edits: [['outputs.tf', 'repository.repository_url }', 'repository.repository_uri }']],
    found: [
      'outputs.tf: output.repositories: "repository" has no attribute "repository_uri", did you mean "repository_url"?',
    ],
  },
  {
    planted: 'an attribute that a module does not have',
    edits: [['network.tf', 'module.vpc.private_route_table_ids', 'module.vpc.private_route_tables']],
    found: [
      'network.tf: aws_vpc_endpoint.s3: "module.vpc" has no attribute "private_route_tables", did you mean "private_route_table_ids"?',
    ],
  },
  {
    planted: 'a field that a variable does not have',
    edits: [['cluster.tf', 'var.nodes_per_zone.max', 'var.nodes_per_zone.most']],
    found: ['cluster.tf: module.eks: "var.nodes_per_zone" has no attribute "most"'],
  },
  {
    planted: 'a field that the items of a map do not have',
    edits: [['alarms.tf', 'each.value.threshold', 'each.value.treshold']],
    found: [
      'alarms.tf: aws_cloudwatch_metric_alarm.valkey: "each.value" has no attribute "treshold", did you mean "threshold"?',
    ],
  },
  {
    planted: 'a resource with count that is taken for one',
    edits: [
      [
        'secrets.tf',
        'aws_memorydb_cluster.records[0].cluster_endpoint[0].address',
        'aws_memorydb_cluster.records.cluster_endpoint[0].address',
      ],
    ],
    found: [
      'secrets.tf: local.records_endpoint: "aws_memorydb_cluster.records" has count or for_each: its "cluster_endpoint" is that of one of them, as in aws_memorydb_cluster.records[…].cluster_endpoint',
    ],
  },
  {
    planted: 'a list that is taken for one',
    edits: [['secrets.tf', 'cluster_endpoint[0].address', 'cluster_endpoint.address']],
    found: [
      'secrets.tf: local.records_endpoint: "aws_memorydb_cluster.records[…].cluster_endpoint" is a list: its "address" is that of one of them, as in aws_memorydb_cluster.records[…].cluster_endpoint[0].address',
    ],
  },
  {
    planted: 'each without for_each',
    edits: [['encryption.tf', 'target_key_id = aws_kms_key.this.key_id', 'target_key_id = each.value']],
    found: ['encryption.tf: aws_kms_alias.this: "each.value" is declared nowhere'],
  },
  {
    planted: 'a function that there is not',
    edits: [['secrets.tf', 'secret_string = jsonencode(', 'secret_string = json_encode(']],
    found: [
      'secrets.tf: aws_secretsmanager_secret_version.services: there is no function "json_encode", did you mean "jsonencode"?',
    ],
  },
  {
    planted: 'a variable that nothing uses',
    edits: [
      ['cluster.tf', 'deletion_protection = var.deletion_protection', 'deletion_protection = true'],
      ['registry.tf', '!var.deletion_protection', 'false'],
      ['secrets.tf', 'var.deletion_protection ? 30 : 0', '30'],
    ],
    found: ['variables.tf: var.deletion_protection: is used nowhere: take it out'],
  },
  {
    planted: 'a local value that nothing uses',
    edits: [['locals.tf', '  separate_records =', '  unneeded         = 1\n  separate_records =']],
    found: ['locals.tf: local.unneeded: is used nowhere: take it out'],
  },
  {
    planted: 'a data source that nothing uses',
    edits: [
      [
        'locals.tf',
        'data "aws_caller_identity" "this" {}',
        'data "aws_caller_identity" "this" {}\n\ndata "aws_partition" "other" {}',
      ],
    ],
    found: ['locals.tf: data.aws_partition.other: is used nowhere: take it out'],
  },
  {
    planted: 'two declarations of one thing',
    edits: [
      [
        'outputs.tf',
        'output "domain" {',
        'output "region" {\n  description = "Twice"\n  value       = var.region\n}\n\noutput "domain" {',
      ],
    ],
    found: ['outputs.tf: output.region: is declared in infra/outputs.tf already'],
  },
  {
    planted: 'an output of another state that there is not',
    edits: [['addons/charts.tf', 'local.infra.vpc_id', 'local.infra.vpc_idd']],
    found: [
      'addons/charts.tf: local.charts: "local.infra" has no attribute "vpc_idd", did you mean "vpc_id"?',
    ],
  },
];

test.each(mistakes)('$planted', async ({ edits, found }) => {
  expect(await findPlanted(edits)).toEqual(found);
});
