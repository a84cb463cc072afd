import { expect, test } from 'vitest';
import { findPlanted, type Mistake } from '../planted.ts';

const mistakes: Mistake[] = [
  {
    planted: 'a password that is written down',
    edits: [
      [
        'valkey-users.tf',
        'passwords = [random_password.nobody.result]',
        'passwords = ["correct-horse-battery"]',
      ],
    ],
    found: [
      'valkey-users.tf: aws_elasticache_user.nobody: "passwords" is written down here: make it with random_password, or take it from Secrets Manager',
    ],
  },
  {
    planted: 'an access key',
    edits: [
      [
        'versions.tf',
        '  region = var.region\n\n  default',
        '  region = var.region\n  access_key = "AKIAIOSFODNN7EXAMPLE"\n\n  default',
      ],
    ],
    found: [
      'versions.tf: provider.aws: "access_key" is written down here: make it with random_password, or take it from Secrets Manager',
      'versions.tf: provider.aws: "access_key" has an AWS access key in it',
    ],
  },
  {
    planted: 'a bucket that may become public',
    edits: [['bootstrap/main.tf', 'block_public_policy     = true', 'block_public_policy     = false']],
    found: [
      'bootstrap/main.tf: aws_s3_bucket_public_access_block.state: "block_public_policy" must be true, not false',
    ],
  },
  {
    planted: 'a key that is never changed',
    edits: [['encryption.tf', 'enable_key_rotation     = true', 'enable_key_rotation     = false']],
    found: ['encryption.tf: aws_kms_key.this: "enable_key_rotation" must be true, not false'],
  },
  {
    planted: 'an alarm that tells nobody',
    edits: [['alarms.tf', '  alarm_actions = [aws_sns_topic.alarms.arn]\n', '']],
    found: [
      'alarms.tf: aws_cloudwatch_metric_alarm.valkey: "alarm_actions" is missing: nobody would hear of it',
    ],
  },
  {
    planted: 'an output that the deploy command misses',
    edits: [['outputs.tf', 'output "registry"', 'output "registry_host"']],
    found: ['outputs.tf: output.registry: is missing: deploy/ or infra/addons reads it'],
  },
  {
    planted: 'a resource without its public access block',
    edits: [
      [
        'bootstrap/main.tf',
        'resource "aws_s3_bucket_public_access_block" "state" {\n  bucket = aws_s3_bucket.state.id',
        'resource "aws_s3_bucket_public_access_block" "state" {\n  bucket = "another"',
      ],
    ],
    found: ['bootstrap/main.tf: aws_s3_bucket.state: has no aws_s3_bucket_public_access_block'],
  },
  {
    planted: 'a role that may read every secret',
    edits: [['service-roles.tf', '[aws_secretsmanager_secret.services[each.key].arn]\n  }', '["*"]\n  }']],
    found: [
      'service-roles.tf: data.aws_iam_policy_document.own_secret: must be for aws_secretsmanager_secret.services[each.key].arn alone',
      'service-roles.tf: data.aws_iam_policy_document.own_secret: "resources" must name what is meant, not "*"',
    ],
  },
];

test.each(mistakes)('$planted', async ({ edits, found }) => {
  expect(await findPlanted(edits)).toEqual(found);
});
