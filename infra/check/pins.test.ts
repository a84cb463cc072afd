import { expect, test } from 'vitest';
import { findPlanted, type Mistake } from './planted.ts';

const mistakes: Mistake[] = [
  {
    planted: 'a module that is not pinned',
    edits: [['cluster.tf', 'version = "21.10.1"', 'version = "~> 21.10"']],
    found: ['cluster.tf: module.eks: is not pinned to an exact version like 1.2.3: ~> 21.10'],
  },
  {
    planted: 'a module in a version that is not known here',
    edits: [['network.tf', 'version = "6.5.1"', 'version = "6.6.0"']],
    found: ['network.tf: module.vpc: is 6.6.0, and infra/check/modules/modules.json is of 6.5.1'],
  },
  {
    planted: 'a provider that is not pinned',
    edits: [['versions.tf', 'version = "3.7.2"', 'version = ">= 3.7"']],
    found: ['versions.tf: terraform: provider "random" is not pinned to an exact version like 1.2.3: >= 3.7'],
  },
  {
    planted: 'a provider in a version that is not known here',
    edits: [['versions.tf', 'version = "6.25.0"', 'version = "6.26.0"']],
    found: [
      'versions.tf: terraform: provider "aws" is 6.26.0, and infra/check/schema/schema.json is of 6.25.0: "npm run infra:schema"',
    ],
  },
  {
    planted: 'a provider that is not asked for',
    edits: [
      [
        'versions.tf',
        '    random = {\n      source  = "hashicorp/random"\n      version = "3.7.2"\n    }\n',
        '',
      ],
    ],
    found: [
      'secrets.tf: random_password.ops: its provider "random" is not in required_providers',
      'secrets.tf: random_password.token: its provider "random" is not in required_providers',
      'valkey-users.tf: random_password.nobody: its provider "random" is not in required_providers',
      'valkey-users.tf: random_password.valkey: its provider "random" is not in required_providers',
    ],
  },
  {
    planted: 'a state without a lock',
    edits: [['versions.tf', 'use_lockfile = true', 'use_lockfile = false']],
    found: ['versions.tf: terraform: the state must be locked while it is changed: use_lockfile = true'],
  },
  {
    planted: 'a state with the key of another environment',
    edits: [['environments/staging/backend.hcl', 'staging/infra.tfstate', 'production/infra.tfstate']],
    found: [
      'environments/staging/backend.hcl: key: must begin with "staging/", or two environments would share a state',
    ],
  },
];

test.each(mistakes)('$planted', async ({ edits, found }) => {
  expect(await findPlanted(edits)).toEqual(found);
});
