/** What each service's secret would have in it: variables that the service reads, and values that it takes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseValkeyUrl } from '@overcookied/shared/valkey-address.ts';
import { configOf, variablesOf } from '../../../k8s/check/services.ts';
import { evaluate } from '../hcl/evaluate.ts';
import { expressionOf, literalOf } from '../hcl/raw.ts';
import { suggestion } from '../problem.ts';
import type { Block, Root } from '../root.ts';
import { type Rule, resources } from './rule.ts';

/** Worked out as for an environment of this name, while its keys are replaced. */
const variables = {
  environment: 'production',
  domain: 'play.example.org',
  token_generations: [1, 2],
  sign_in_issuer: 'https://accounts.google.com',
  sign_in_client_id: 'client',
  sign_in_client_secret: 'secret',
};

export const serviceSecretsRule: Rule = (root, report) => {
  const [secrets] = resources(root, 'aws_secretsmanager_secret_version');
  if (!secrets) return;
  const told = new Set<string>();
  for (const records_store of ['valkey', 'memorydb']) {
    try {
      const scope = scopeOf(root, { ...variables, records_store });
      for (const what of [...findings(scope), ...nameFindings(root, scope)]) told.add(what);
    } catch (error) {
      told.add(`cannot be worked out: ${(error as Error).message}`);
    }
  }
  for (const what of told) report(secrets, what);
};

interface Scope extends Record<string, unknown> {
  local: Record<string, unknown>;
}

/** Local values as they are written, on what is known of resources only when they are there. */
function scopeOf(root: Root, values: Record<string, unknown>): Scope {
  const locals = new Map(
    root.blocks.filter(({ kind }) => kind === 'locals').flatMap(({ body }) => Object.entries(body)),
  );
  const known: Record<string, unknown> = {
    access: JSON.parse(readFileSync(join(root.path, 'valkey-access.json'), 'utf8')),
    // Of letters and digits, as random_password makes it.
    password: new Proxy({}, { get: () => 'password' }),
  };
  const local = new Proxy(known, {
    get: (all, name: string) => {
      const raw = locals.get(name);
      if (!(name in all) && raw !== undefined) all[name] = evaluate(expressionOf(raw), scope);
      return all[name];
    },
  });
  const scope: Scope = {
    local,
    var: values,
    random_password: Object.fromEntries(resources(root, 'random_password').map(randomPassword)),
    aws_elasticache_replication_group: { valkey: { configuration_endpoint_address: 'valkey.example.org' } },
    aws_memorydb_cluster: { records: [{ cluster_endpoint: [{ address: 'records.example.org' }] }] },
  };
  return scope;
}

/** One alone, or whichever of many is asked for. */
function randomPassword({ labels: [, name = ''], body }: Block): [name: string, password: unknown] {
  const password = { result: 'x'.repeat(Number(literalOf(body.length))) };
  return [name, body.for_each === undefined ? password : new Proxy({}, { get: () => password })];
}

function* findings({ local }: Scope): Generator<string> {
  const secrets = local.secrets as Record<string, Record<string, string>>;
  for (const [service, env] of Object.entries(secrets)) {
    const known = variablesOf(service);
    const unknown = Object.keys(env).filter((name) => !known.includes(name));
    for (const name of unknown) yield `${service} does not read ${name}${suggestion(name, known)}`;
    try {
      if (unknown.length === 0) configOf(service, { NODE_ENV: 'production', ...env });
    } catch (error) {
      yield `${service} would not start: ${(error as Error).message}`;
      continue;
    }
    for (const [name, user] of [
      ['VALKEY_URL', service],
      ['RECORDS_URL', `${local.name}-${service}`],
    ] as const) {
      if (env[name] === undefined) continue;
      const { tls, isCluster, username, nodes } = parseValkeyUrl(env[name]);
      const about = `${service}'s ${name} must`;
      if (!tls) yield `${about} be of TLS: valkeys://`;
      if (!isCluster) yield `${about} end with ?cluster: it is the address of all nodes`;
      if (username !== user) yield `${about} be for the user ${user}, and is for ${username}`;
      if (nodes[0].port !== 6379) yield `${about} have the port 6379, and has ${nodes[0].port}`;
    }
  }
}

/** k8s/ and deploy/ look for them by the output secrets_prefix. */
function* nameFindings(root: Root, scope: Scope): Generator<string> {
  for (const { body } of resources(root, 'aws_secretsmanager_secret')) {
    const name = evaluate(expressionOf(body.name ?? ''), { ...scope, each: { key: 'gateway' } });
    const wanted = `${scope.local.secrets_prefix}/gateway`;
    if (name !== wanted) yield `the gateway's secret must be named ${wanted}, and not ${name}`;
  }
}
