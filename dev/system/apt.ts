/** apt with folders of its own: it needs no root, and changes nothing of what the system knows or has. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.ts';

/** Where packages come from, as in a stanza of a `.sources` file. */
export interface PackageSource {
  mirror: string;
  suites: string[];
  components: string[];
  /** The keys that must have signed it; without, any key that the system trusts. */
  keyring: string | undefined;
}

/**
 * Downloads a package and whatever it needs that this system lacks. Signatures are checked.
 *
 * @param names packages to look for, best first: one is enough
 * @param folder where lists and packages are kept; it is made
 * @returns paths of the `.deb` files
 * @throws Error with what apt said
 */
export async function downloadPackage(
  source: PackageSource,
  names: string[],
  folder: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const archives = join(folder, 'cache/archives');
  for (const part of [join(folder, 'state/lists/partial'), join(archives, 'partial')]) {
    await mkdir(part, { recursive: true });
  }
  await writeFile(join(folder, 'ours.sources'), stanza(source));
  await writeFile(join(folder, 'apt.conf'), configuration(folder));
  const aptGet = (...args: string[]) =>
    runCommand('apt-get', [...args, '-c', join(folder, 'apt.conf')], {
      env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
      signal,
    });

  await aptGet('update');
  const failures: string[] = [];
  for (const name of names) {
    try {
      await aptGet('install', '--yes', '--download-only', '--no-install-recommends', name);
      return (await readdir(archives))
        .filter((file) => file.endsWith('.deb'))
        .map((file) => join(archives, file));
    } catch (error) {
      signal?.throwIfAborted();
      failures.push((error as Error).message);
    }
  }
  throw new Error(failures.join('\n'));
}

function stanza({ mirror, suites, components, keyring }: PackageSource): string {
  const fields: Record<string, string | undefined> = {
    Types: 'deb',
    URIs: mirror,
    Suites: suites.join(' '),
    Components: components.join(' '),
    // No translations, and no catalogue of desktop applications.
    Targets: 'Packages',
    Languages: 'none',
    'Signed-By': keyring,
  };
  const lines = Object.entries(fields).filter(([, value]) => value !== undefined);
  return `${lines.map(([field, value]) => `${field}: ${value}`).join('\n')}\n`;
}

/** Read after the system's configuration, so that its proxies and passwords hold, and this has the last word. */
const configuration = (folder: string) => `
Dir::State "${folder}/state";
Dir::State::status "/var/lib/dpkg/status";
Dir::Cache "${folder}/cache";
Dir::Cache::archives "archives";
Dir::Etc::sourcelist "${folder}/ours.sources";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
// Root's apt would download as another user, who may not read the checkout.
APT::Sandbox::User "root";
// The lock is that of the system's packages, which stay as they are.
Debug::NoLocking "true";
// Half a list would make a package that exists look as if it did not.
APT::Update::Error-Mode "any";
// What the system does after an update (refresh its software centre, empty its cache) is none of ours.
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Acquire::Retries "1";
Acquire::http::Timeout "15";
Acquire::https::Timeout "15";
`;
