// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is Terraform that replaces them
import { expect, test } from 'vitest';
import { findPlanted, type Mistake } from '../planted.ts';

const mistakes: Mistake[] = [
  {
    planted: "pods that get at the node's role",
    edits: [['cluster.tf', 'http_put_response_hop_limit = 1', 'http_put_response_hop_limit = 2']],
    found: [
      "cluster.tf: module.eks: its node groups must keep pods from the node's role: metadata_options.http_put_response_hop_limit = 1",
    ],
  },
  {
    planted: 'nodes with addresses in the internet',
    edits: [['cluster.tf', '[module.vpc.private_subnets[index]]', '[module.vpc.public_subnets[index]]']],
    found: ['cluster.tf: module.eks: its node groups must be in module.vpc.private_subnets'],
  },
  {
    planted: 'a role for service accounts of any name',
    edits: [
      [
        'service-roles.tf',
        'test     = "StringEquals"\n      variable = "${module.eks.oidc_provider}:sub"',
        'test     = "StringLike"\n      variable = "${module.eks.oidc_provider}:sub"',
      ],
    ],
    found: [
      'service-roles.tf: data.aws_iam_policy_document.service_accounts: "test" must be "StringEquals", not "StringLike"',
    ],
  },
  {
    planted: "everybody's role for one service account",
    edits: [['service-roles.tf', ':${local.namespace}:${each.key}"', ':${local.namespace}:gateway"']],
    found: [
      'service-roles.tf: data.aws_iam_policy_document.service_accounts: must be for the service account of each.key alone',
    ],
  },
  {
    planted: 'a role that may read the secrets of all services',
    edits: [
      [
        'service-roles.tf',
        '[aws_secretsmanager_secret.services[each.key].arn]\n  }',
        '[for each in aws_secretsmanager_secret.services : each.arn]\n  }',
      ],
    ],
    found: [
      'service-roles.tf: data.aws_iam_policy_document.own_secret: must be for aws_secretsmanager_secret.services[each.key].arn alone',
    ],
  },
  {
    planted: 'nodes outside the group that is let in',
    edits: [
      [
        'cluster.tf',
        'attach_cluster_primary_security_group = true',
        'attach_cluster_primary_security_group = false',
      ],
    ],
    found: [
      "cluster.tf: module.eks: its node groups must be in the cluster's own security group: attach_cluster_primary_security_group = true",
    ],
  },
  {
    planted: 'network policies that nobody enforces',
    edits: [['cluster.tf', 'enableNetworkPolicy = "true"', 'enableNetworkPolicy = "false"']],
    found: [
      'cluster.tf: module.eks: the add-on vpc-cni must enforce network policies: enableNetworkPolicy = "true"',
    ],
  },
  {
    planted: 'images that can be exchanged',
    edits: [['registry.tf', '"IMMUTABLE"', '"MUTABLE"']],
    found: [
      'registry.tf: aws_ecr_repository.services: "image_tag_mutability" must be "IMMUTABLE", not "MUTABLE"',
    ],
  },
  {
    planted: 'images that nobody scans',
    edits: [['registry.tf', 'scan_on_push = true', 'scan_on_push = false']],
    found: ['registry.tf: aws_ecr_repository.services: "scan_on_push" must be true, not false'],
  },
  {
    planted: 'images that are kept for good',
    edits: [['registry.tf', 'for_each = aws_ecr_repository.services\n', 'for_each = local.services\n']],
    found: [
      'registry.tf: aws_ecr_lifecycle_policy.services: "each.value" is a string and has no attribute "name"',
      'registry.tf: aws_ecr_repository.services: has no aws_ecr_lifecycle_policy: its images would be kept, and paid for, for good',
    ],
  },
  {
    planted: 'a role for every service account',
    edits: [['service-roles.tf', ':sub"', ':iss"']],
    found: [
      'service-roles.tf: data.aws_iam_policy_document.service_accounts: must have a condition on the token\'s ":sub"',
    ],
  },
  {
    planted: 'a chart that is not pinned',
    edits: [['addons/charts.tf', 'version    = "2.20.2"', 'version    = "2.x"']],
    found: ['addons/charts.tf: locals: the chart keda is not pinned to an exact version: 2.x'],
  },
];

test.each(mistakes)('$planted', async ({ edits, found }) => {
  expect(await findPlanted(edits)).toEqual(found);
});
