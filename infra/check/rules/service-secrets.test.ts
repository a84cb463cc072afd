// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is Terraform that replaces them
import { expect, test } from 'vitest';
import { findPlanted, type Mistake } from '../planted.ts';

const secret = 'secrets.tf: aws_secretsmanager_secret_version.services: ';
const matches =
  '{ VALKEY_URL = "valkeys://${service}:${local.password[service]}@${local.valkey_endpoint}:6379?cluster" }';
const changed = (from: string, to: string): Mistake['edits'] => [
  ['secrets.tf', matches, matches.replace(from, () => to)],
];

const mistakes: Mistake[] = [
  {
    planted: 'an address without TLS',
    edits: changed('valkeys:', 'valkey:'),
    found: ['gateway', 'matchmaker', 'game-ticker', 'practice'].map(
      (service) => `${secret}${service}'s VALKEY_URL must be of TLS: valkeys://`,
    ),
  },
  {
    planted: 'an address of one node',
    edits: changed('?cluster', ''),
    found: ['gateway', 'matchmaker', 'game-ticker', 'practice'].map(
      (service) => `${secret}${service}'s VALKEY_URL must end with ?cluster: it is the address of all nodes`,
    ),
  },
  {
    planted: 'another port',
    edits: changed(':6379', ':6380'),
    found: ['gateway', 'matchmaker', 'game-ticker', 'practice'].map(
      (service) => `${secret}${service}'s VALKEY_URL must have the port 6379, and has 6380`,
    ),
  },
  {
    planted: "everybody as the gateway's user",
    edits: changed('${service}', 'gateway'),
    found: ['matchmaker', 'game-ticker', 'practice'].map(
      (service) => `${secret}${service}'s VALKEY_URL must be for the user ${service}, and is for gateway`,
    ),
  },
  {
    planted: 'an address that a cluster does not have',
    edits: [['secrets.tf', '.configuration_endpoint_address', '.primary_endpoint_address']],
    found: [`${secret}cannot be worked out: there is no primary_endpoint_address`],
  },
  {
    planted: 'a misspelt variable',
    edits: [['secrets.tf', '{ OPS_PASSWORD =', '{ OPS_PASWORD =']],
    found: [`${secret}gateway does not read OPS_PASWORD, did you mean "OPS_PASSWORD"?`],
  },
  {
    planted: 'a key for whom it is not',
    edits: [['secrets.tf', '["gateway", "practice"], service', '["gateway", "matchmaker"], service']],
    found: [
      `${secret}matchmaker does not read JWT_SECRET`,
      expect.stringContaining(`${secret}practice would not start: wrong environment: JWT_SECRET`),
    ],
  },
  {
    planted: 'a key that is too short',
    edits: [['secrets.tf', 'length  = 64', 'length  = 16']],
    found: ['gateway', 'practice'].map((service) =>
      expect.stringContaining(`${secret}${service} would not start: wrong environment: JWT_SECRET`),
    ),
  },
  {
    planted: 'a page whose players could be overheard signing in',
    edits: [['secrets.tf', 'PUBLIC_URL         = "https:', 'PUBLIC_URL         = "http:']],
    found: [
      expect.stringContaining(
        `${secret}gateway would not start: wrong environment: PUBLIC_URL: must be where`,
      ),
    ],
  },
  {
    planted: 'a secret by another name than it is looked for',
    edits: [['secrets.tf', '"${local.secrets_prefix}/${each.key}"', '"${local.name}/${each.key}"']],
    found: [
      `${secret}the gateway's secret must be named overcookied/production/gateway, and not overcookied-production/gateway`,
    ],
  },
];

test.each(mistakes)('$planted', async ({ edits, found }) => {
  expect(await findPlanted(edits)).toEqual(found);
});
