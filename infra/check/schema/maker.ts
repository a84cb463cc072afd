/**
 * Makes schema.json: the arguments of the providers' resources, as far as the files here use them, in the shape of
 * `terraform providers schema -json`.
 *
 *   npm run infra:schema
 *
 * Terraform itself would have to fetch hundreds of megabytes of providers from its registry to tell them. HashiCorp's
 * bindings for TypeScript carry the same names, and come from the npm registry; they too are large (390 MB), so that they
 * are looked into once, here, and not at every `npm ci`. They are not made any more for newer providers: whoever moves to
 * one, with a network, takes what Terraform prints.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadRoot, rootFolders } from '../root.ts';
import { readBinding, readConfiguration } from './binding.ts';
import type { AttributeSchema, BlockSchema, ProviderSchemas } from './schema.ts';

const run = promisify(execFile);

/** The bindings' package of each provider, and the provider's version that it was made from. */
const bindings = {
  aws: { package: '@cdktf/provider-aws@21.22.1', version: '6.25.0' },
  random: { package: '@cdktf/provider-random@12.0.1', version: '3.7.2' },
  helm: { package: '@cdktf/provider-helm@12.1.2', version: '3.1.1' },
};

/** Terraform's own, of no provider. */
const builtIn = new Set(['terraform_remote_state']);

async function usedTypes(): Promise<Record<'resource' | 'data', Set<string>>> {
  const roots = await Promise.all(rootFolders.map((folder) => loadRoot(folder)));
  const blocks = roots.flatMap((root) => root.blocks);
  const typesOf = (kind: string) =>
    new Set(blocks.filter((block) => block.kind === kind).flatMap(({ labels: [type] }) => type ?? []));
  return { resource: typesOf('resource'), data: typesOf('data') };
}

async function schemasOf(
  library: string,
  prefix: 'resource' | 'data',
  types: Set<string>,
  provider: string,
): Promise<Record<string, BlockSchema>> {
  const folders = new Set(await readdir(library));
  const schemas: Record<string, BlockSchema> = {};
  for (const type of [...types].sort()) {
    if (builtIn.has(type) || !type.startsWith(`${provider}_`)) continue;
    const name = type.slice(provider.length + 1).replaceAll('_', '-');
    const folder = prefix === 'data' ? `data-${provider}-${name}` : name;
    if (!folders.has(folder)) throw new Error(`the provider ${provider} has no ${prefix} ${type}`);
    const [code, types] = await Promise.all(
      ['index.js', 'index.d.ts'].map((file) => readFile(join(library, folder, file), 'utf8')),
    );
    schemas[type] = readBinding(code ?? '', types ?? '');
  }
  return schemas;
}

/** What the block `provider` takes. */
async function providerSchema(library: string, provider: string): Promise<BlockSchema> {
  const types = await readFile(join(library, 'provider/index.d.ts'), 'utf8');
  const schema = readConfiguration(types);
  // The newer kind of provider has objects where the older one has blocks; the bindings do not tell them apart.
  return provider === 'helm' ? { attributes: withObjects(schema), block_types: {} } : schema;
}

function withObjects({ attributes, block_types }: BlockSchema): Record<string, AttributeSchema> {
  const objects = Object.entries(block_types).map(([name, { block }]): [string, AttributeSchema] => {
    const fields = Object.entries(withObjects(block)).map(([field, { type }]) => [field, type]);
    return [name, { type: ['object', Object.fromEntries(fields)], optional: true }];
  });
  return { ...attributes, ...Object.fromEntries(objects) };
}

const used = await usedTypes();
const folder = await mkdtemp(join(tmpdir(), 'overcookied-schema-'));
try {
  const packages = Object.values(bindings).map((binding) => binding.package);
  const options = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--no-save'];
  await run('npm', ['install', '--prefix', folder, ...options, ...packages]);
  const schemas: ProviderSchemas = { provider_schemas: {}, versions: {} };
  for (const [provider, { version }] of Object.entries(bindings)) {
    const library = join(folder, 'node_modules/@cdktf', `provider-${provider}`, 'lib');
    const source = `registry.terraform.io/hashicorp/${provider}`;
    schemas.versions[source] = version;
    schemas.provider_schemas[source] = {
      resource_schemas: await schemasOf(library, 'resource', used.resource, provider),
      provider: await providerSchema(library, provider),
      data_source_schemas: await schemasOf(library, 'data', used.data, provider),
    };
  }
  const file = fileURLToPath(new URL('schema.json', import.meta.url));
  await writeFile(file, JSON.stringify(schemas));
  await run('biome', ['format', '--write', file]);
} finally {
  await rm(folder, { recursive: true, force: true });
}
