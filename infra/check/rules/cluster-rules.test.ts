import { expect, test } from 'vitest';
import { findPlanted, type Mistake } from '../planted.ts';

const mistakes: Mistake[] = [
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
