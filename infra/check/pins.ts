/** Versions are exact, and those that the rest of the check knows. */
import { literalOf } from './hcl/raw.ts';
import type { ModuleInterface } from './modules/modules.ts';
import { Problem } from './problem.ts';
import { addressOf, type Body, type Root } from './root.ts';

const exact = /^\d+\.\d+\.\d+$/;

/** @param known provider's source → the version that the schema is of */
export function checkPins(
  root: Root,
  known: Record<string, string>,
  modules: Map<string, ModuleInterface>,
): Problem[] {
  const problems: Problem[] = [];
  const declared = new Set<string>();
  for (const block of root.blocks) {
    const report = (what: string) => problems.push(new Problem(block.file, addressOf(block), what));
    if (block.kind === 'terraform') {
      const { required_version, required_providers, backend } = block.body;
      if (required_version === undefined) report('"required_version" is missing');
      for (const [name, provider] of Object.entries((required_providers as Body[] | undefined)?.[0] ?? {})) {
        declared.add(name);
        const { source, version } = provider as Body;
        const wanted = known[`registry.terraform.io/${source}`];
        if (!exact.test(String(version)))
          report(`provider "${name}" is not pinned to an exact version like 1.2.3: ${version}`);
        else if (wanted !== version) {
          report(
            `provider "${name}" is ${version}, and infra/check/schema/schema.json is of ${wanted}: "npm run infra:schema"`,
          );
        }
      }
      if (backend !== undefined) checkBackend(backend as Record<string, Body[]>, report);
    }
    if (block.kind === 'module') {
      const version = literalOf(block.body.version);
      const wanted = modules.get(String(block.body.source))?.version;
      if (!exact.test(String(version))) report(`is not pinned to an exact version like 1.2.3: ${version}`);
      else if (wanted !== undefined && wanted !== version) {
        report(`is ${version}, and infra/check/modules/modules.json is of ${wanted}`);
      }
    }
  }
  return [...problems, ...undeclaredProviders(root, declared)];
}

/** Terraform would take the newest of a provider that no file asks for. */
function undeclaredProviders(root: Root, declared: ReadonlySet<string>): Problem[] {
  return root.blocks.flatMap((block) => {
    if (block.kind !== 'resource' && block.kind !== 'data') return [];
    const provider = block.labels[0]?.split('_')[0] ?? '';
    if (provider === 'terraform' || declared.has(provider)) return [];
    return [
      new Problem(block.file, addressOf(block), `its provider "${provider}" is not in required_providers`),
    ];
  });
}

/** The state holds passwords, and two who apply at once would spoil it. */
function checkBackend(backend: Record<string, Body[]>, report: (what: string) => void): void {
  const [s3] = backend.s3 ?? [];
  if (!s3) {
    report('the state must be in S3: backend "s3"');
    return;
  }
  if (literalOf(s3.encrypt) !== true) report('the state must be encrypted: encrypt = true');
  if (literalOf(s3.use_lockfile) !== true)
    report('the state must be locked while it is changed: use_lockfile = true');
}
