import { expect, test } from 'vitest';
import { findPlanted, type Mistake } from './planted.ts';

const mistakes: Mistake[] = [
  {
    planted: 'a variable without description, type and validation',
    edits: [
      ['variables.tf', 'variable "tags" {', 'variable "untold" {\n  default = 1\n}\n\nvariable "tags" {'],
      ['locals.tf', '  separate_records =', '  told             = var.untold\n  separate_records ='],
      ['versions.tf', 'Project     = "overcookied"', 'Project     = local.told'],
    ],
    found: ['variables.tf: var.untold: has no description', 'variables.tf: var.untold: has no type'],
  },
  {
    planted: 'a default of another type',
    edits: [
      [
        'variables.tf',
        '  type        = number\n  default     = 30',
        '  type        = number\n  default     = "month"',
      ],
    ],
    found: [
      'variables.tf: var.log_retention_days: its default must be a number, not "month"',
      'variables.tf: log_retention_days: is "month". CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 180 or 365 days.',
    ],
  },
  {
    planted: 'a variable in a file that is not declared',
    edits: [['environments/production/terraform.tfvars', 'vpc_cidr    =', 'vpc_cdir    =']],
    found: [
      'environments/production/terraform.tfvars: vpc_cdir: no variable of this name is declared, did you mean "vpc_cidr"?',
    ],
  },
  {
    planted: 'a variable that no file sets',
    edits: [['sizes/large.tfvars', 'nat_gateway_per_zone = true\n', '']],
    found: [
      'variables-size.tf: var.nat_gateway_per_zone: has no default, and neither environments/production/terraform.tfvars nor sizes/large.tfvars sets it',
      'variables-size.tf: var.nat_gateway_per_zone: has no default, and neither environments/staging/terraform.tfvars nor sizes/large.tfvars sets it',
    ],
  },
  {
    planted: 'a variable of another type',
    edits: [['sizes/small.tfvars', 'valkey_shards    = 1', 'valkey_shards    = "one"']],
    found: ['sizes/small.tfvars: valkey_shards: it must be a number, not "one"'],
  },
  {
    planted: 'a misspelt field of a variable',
    edits: [['sizes/small.tfvars', '{ min = 1, max = 3 }', '{ min = 1, maximum = 3 }']],
    found: [
      'sizes/small.tfvars: nodes_per_zone: it has no "maximum", did you mean "max"?',
      'sizes/small.tfvars: nodes_per_zone: it must have "max"',
    ],
  },
  {
    planted: 'a variable that its condition refuses',
    edits: [['environments/staging/terraform.tfvars', '10.41.0.0/16', '10.41.0.0/24']],
    found: [
      'environments/staging/terraform.tfvars: vpc_cidr: is "10.41.0.0/24". The network must be a /16 like 10.40.0.0/16: the subnets are cut out of it.',
    ],
  },
  {
    planted: 'a name that is too long for what is named after it',
    edits: [
      [
        'environments/production/terraform.tfvars',
        'environment = "production"',
        'environment = "production-eu-west-1"',
      ],
    ],
    found: [
      'environments/production/terraform.tfvars: environment: must be "production" here, not "production-eu-west-1"',
      'environments/production/terraform.tfvars: environment: is "production-eu-west-1". The environment is production or staging, or one of these with a suffix as in production-euw1, in 16 letters at most; each has a folder in infra/environments.',
    ],
  },
  {
    planted: "another environment's name",
    edits: [['environments/staging/addons.tfvars', '"staging"', '"production"']],
    found: ['environments/staging/addons.tfvars: environment: must be "staging" here, not "production"'],
  },
  {
    planted: 'a bucket in which the state is not',
    edits: [['environments/staging/addons.tfvars', '123456789012', '123456789013']],
    found: [
      'environments/staging/addons.tfvars: state_bucket: must be "overcookied-state-123456789012" here, not "overcookied-state-123456789013"',
    ],
  },
  {
    planted: 'a domain outside its zone',
    edits: [
      ['environments/production/terraform.tfvars', '"play.overcookied.example"', '"play.overcooked.example"'],
    ],
    found: [
      'environments/production/terraform.tfvars: domain: is "play.overcooked.example". The domain must be zone_name itself or end with a dot and zone_name.',
    ],
  },
  {
    planted: 'an API that is open to the whole internet',
    edits: [['environments/production/terraform.tfvars', '203.0.113.0/24', '0.0.0.0/0']],
    found: [
      'environments/production/terraform.tfvars: cluster_public_cidrs: is ["0.0.0.0/0"]. Each must be a network like 203.0.113.0/24, and none may be the whole internet (/0).',
    ],
  },
  {
    planted: 'an older Valkey',
    edits: [['sizes/small.tfvars', 'valkey_shards    = 1', 'valkey_shards    = 1\nvalkey_version   = "7.2"']],
    found: [
      'sizes/small.tfvars: valkey_version: is "7.2". The version must be 8.0 or newer, of the parameter group\'s family valkey8.',
    ],
  },
  {
    planted: 'a key that takes its own place',
    edits: [
      [
        'environments/production/terraform.tfvars',
        'vpc_cidr    =',
        'token_generations = [2, 2]\nvpc_cidr    =',
      ],
    ],
    found: [
      'environments/production/terraform.tfvars: token_generations: is [2,2]. At least one, each a whole number from 1, and none twice.',
    ],
  },
  {
    planted: 'fewer nodes at most than at least',
    edits: [['sizes/large.tfvars', '{ min = 2, max = 6 }', '{ min = 2, max = 1 }']],
    found: [
      'sizes/large.tfvars: nodes_per_zone: is {"max":1,"min":2}. At least one node a zone, and not fewer at most than at least.',
    ],
  },
  {
    planted: "a bucket's name that cannot be",
    edits: [['environments/production/addons.tfvars', 'overcookied-state-123456789012', 'Overcookied_State']],
    found: [
      'environments/production/addons.tfvars: state_bucket: must be "overcookied-state-123456789012" here, not "Overcookied_State"',
      'environments/production/addons.tfvars: state_bucket: is "Overcookied_State". A bucket\'s name has 3 to 63 small letters, digits and hyphens.',
    ],
  },
];

test.each(mistakes)('$planted', async ({ edits, found }) => {
  expect(await findPlanted(edits)).toEqual(found);
});
