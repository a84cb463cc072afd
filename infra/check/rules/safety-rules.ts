/** Secrets, keys, buckets, alarms. */
import { expressionOf, literalOf } from '../hcl/raw.ts';
import type { Block, Body, Raw } from '../root.ts';
import { blocksOf, demand, named, type Rule, resources, rootOf } from './rule.ts';

const secretNames =
  /^(passwords?|secret_string|secret_binary|auth_token|.*_password|token|private_key|secret_key|access_key)$/;
/** An AWS access key, wherever it is. */
const accessKey = /\b(AKIA|ASIA)[A-Z0-9]{16}\b/;

/** What is secret is made, and not written down. */
const noLiterals: Rule = (root, report) => {
  for (const block of root.blocks) visit(block, block.body, report);
};

function visit(block: Block, body: Body, report: (block: Block, what: string) => void): void {
  for (const [name, raw] of Object.entries(body)) {
    if (secretNames.test(name) && [raw].flat().some(isWrittenDown)) {
      report(
        block,
        `"${name}" is written down here: make it with random_password, or take it from Secrets Manager`,
      );
    }
    for (const each of [raw].flat()) {
      if (typeof each === 'string' && accessKey.test(each))
        report(block, `"${name}" has an AWS access key in it`);
      if (typeof each === 'object' && each !== null) visit(block, each as Body, report);
    }
  }
}

const isWrittenDown = (raw: Raw) =>
  typeof raw === 'string' && raw !== '' && typeof literalOf(raw) === 'string';

/** Whoever is allowed something is allowed it of something; a key's own policy can only speak of "*", the key. */
const permissions: Rule = (root, report) => {
  const ofKeys = resources(root, 'aws_kms_key').map(
    ({ body }) => rootOf(expressionOf(body.policy ?? ''))?.[2],
  );
  for (const block of root.blocks) {
    const [type, name] = block.labels;
    if (block.kind !== 'data' || type !== 'aws_iam_policy_document' || ofKeys.includes(name)) continue;
    for (const { effect, actions, resources: of } of blocksOf(block.body.statement)) {
      if (literalOf(effect) === 'Deny') continue;
      if ([of].flat().includes('*')) report(block, '"resources" must name what is meant, not "*"');
      if ([actions].flat().includes('*')) report(block, '"actions" must name what is allowed, not "*"');
    }
  }
};

const keys: Rule = (root, report) => {
  for (const block of resources(root, 'aws_kms_key')) demand(block, { enable_key_rotation: true }, report);
};

/** A bucket is private, encrypted, and gives back what was overwritten. */
const buckets: Rule = (root, report) => {
  for (const bucket of resources(root, 'aws_s3_bucket')) {
    const companion = (type: string) => {
      const found = resources(root, type).find(
        ({ body }) => named(root, 'aws_s3_bucket', body.bucket) === bucket,
      );
      if (!found) report(bucket, `has no ${type}`);
      return found;
    };
    const block = companion('aws_s3_bucket_public_access_block');
    const flags = [
      'block_public_acls',
      'block_public_policy',
      'ignore_public_acls',
      'restrict_public_buckets',
    ];
    if (block) demand(block, Object.fromEntries(flags.map((name) => [name, true])), report);
    const versioning = companion('aws_s3_bucket_versioning');
    const [settings = {}] = blocksOf(versioning?.body.versioning_configuration);
    if (versioning) demand(versioning, { status: 'Enabled' }, report, settings);
    companion('aws_s3_bucket_server_side_encryption_configuration');
  }
};

/** An alarm that tells nobody is none. */
const alarms: Rule = (root, report) => {
  for (const block of resources(root, 'aws_cloudwatch_metric_alarm')) {
    const actions = block.body.alarm_actions;
    const expression = actions === undefined ? undefined : expressionOf(actions);
    if (!expression || (expression.kind === 'tuple' && expression.items.length === 0)) {
      report(block, '"alarm_actions" is missing: nobody would hear of it');
    }
  }
};

export const safetyRules: Rule[] = [noLiterals, permissions, keys, buckets, alarms];
