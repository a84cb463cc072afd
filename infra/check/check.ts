import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkArguments } from './arguments.ts';
import { readModules } from './modules/modules.ts';
import { type Interfaces, RootNames } from './names.ts';
import { checkPins } from './pins.ts';
import { Problem } from './problem.ts';
import { checkDuplicates, checkReferences, checkUnused } from './references.ts';
import { loadRoot, type Root, readHcl, rootFolders } from './root.ts';
import { clusterRules } from './rules/cluster-rules.ts';
import { outputsRule } from './rules/outputs-rule.ts';
import { applyRules } from './rules/rule.ts';
import { safetyRules } from './rules/safety-rules.ts';
import { serviceSecretsRule } from './rules/service-secrets.ts';
import { valkeyRules } from './rules/valkey-rules.ts';
import { type ProviderSchemas, readSchemas } from './schema/schema.ts';
import { checkDeclarations, checkSettings } from './variables.ts';

const rules = [...valkeyRules, ...clusterRules, ...safetyRules, outputsRule];

/**
 * Everything that can be wrong in Terraform's files and be seen without a network.
 *
 * @param base infra/ or a copy of it
 */
export async function check(base: string): Promise<Problem[]> {
  const schemas = await readSchemas();
  const modules = await readModules();
  const interfaces: Interfaces = {
    schemaOf: (kind, type) => schemaOf(schemas, kind, type),
    moduleOf: (source) => modules.get(String(source)),
  };
  const problems: Problem[] = [];
  for (const folder of rootFolders) {
    try {
      const root = await loadRoot(folder, base);
      if (folder === '') interfaces.outputs = outputsOf(root);
      const names = new RootNames(root, interfaces);
      const astray = checkReferences(root, names);
      problems.push(
        ...astray,
        ...checkUnused(root, names),
        ...checkDuplicates(root),
        ...checkArguments(root, names, interfaces),
        ...checkDeclarations(root),
        ...checkPins(root, schemas.versions, modules),
        ...applyRules(root, rules),
        // By names that lead nowhere nothing can be worked out.
        ...applyRules(root, astray.length === 0 ? [serviceSecretsRule] : []),
        ...(await checkFiles(root, base)),
      );
    } catch (error) {
      // A file that cannot be read hides all that is wrong elsewhere in its folder.
      if (!(error instanceof Problem)) throw error;
      problems.push(error);
    }
  }
  return problems;
}

const outputsOf = ({ blocks }: Root) =>
  blocks.flatMap(({ kind, labels: [name] }) => (kind === 'output' && name !== undefined ? [name] : []));

function schemaOf({ provider_schemas }: ProviderSchemas, kind: string, type: string) {
  if (kind === 'provider') return provider_schemas[`registry.terraform.io/hashicorp/${type}`]?.provider;
  for (const { resource_schemas, data_source_schemas } of Object.values(provider_schemas)) {
    const found = (kind === 'data' ? data_source_schemas : resource_schemas)[type];
    if (found) return found;
  }
  return undefined;
}

/** Every environment with every size, and every environment's add-ons. */
async function checkFiles(root: Root, base: string): Promise<Problem[]> {
  const environments = await readdir(join(base, 'environments'));
  const problems: Problem[] = [];
  for (const environment of environments) {
    const folder = join('environments', environment);
    if (root.folder !== 'bootstrap') problems.push(...(await checkEnvironmentFile(root, base, environment)));
    if (root.folder === '') {
      problems.push(...(await checkBackendFile(base, join(folder, 'backend.hcl'), environment)));
      for (const size of await readdir(join(base, 'sizes'))) {
        problems.push(
          ...(await checkSettings(root, base, {
            files: [join(folder, 'terraform.tfvars'), join('sizes', size)],
          })),
        );
      }
    }
    if (root.folder === 'addons') {
      problems.push(...(await checkSettings(root, base, { files: [join(folder, 'addons.tfvars')] })));
    }
  }
  // The same fault of an environment's file comes with each size.
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

/** An apply with one environment's state and another's name would make the one into the other. */
async function checkEnvironmentFile(root: Root, base: string, environment: string): Promise<Problem[]> {
  const folder = join('environments', environment);
  const file = join(folder, root.folder === '' ? 'terraform.tfvars' : `${root.folder}.tfvars`);
  const [settings, backend] = await Promise.all([
    readHcl(base, file),
    readHcl(base, join(folder, 'backend.hcl')),
  ]);
  const wanted = {
    environment,
    ...(settings.state_bucket !== undefined && { state_bucket: backend.bucket }),
  };
  return Object.entries(wanted)
    .filter(([name, value]) => settings[name] !== undefined && settings[name] !== value)
    .map(([name, value]) => new Problem(file, name, `must be "${value}" here, not "${settings[name]}"`));
}

/** Two environments with one state would undo each other. */
async function checkBackendFile(base: string, file: string, environment: string): Promise<Problem[]> {
  const settings = await readHcl(base, file);
  const wanted = ['bucket', 'key', 'region'];
  return [
    ...wanted
      .filter((name) => settings[name] === undefined)
      .map((name) => new Problem(file, name, 'is missing')),
    ...Object.keys(settings)
      .filter((name) => !wanted.includes(name))
      .map((name) => new Problem(file, name, `has no place here: ${wanted.join(', ')}`)),
    ...(String(settings.key).startsWith(`${environment}/`)
      ? []
      : [
          new Problem(
            file,
            'key',
            `must begin with "${environment}/", or two environments would share a state`,
          ),
        ]),
  ];
}
