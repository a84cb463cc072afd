import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadPackage, type PackageSource } from './apt.ts';
import { exists, runCommand } from './command.ts';
import type { Distribution } from './distribution.ts';

/**
 * Fetches a package of the distribution, with whatever it needs that this system lacks, and unpacks it into a
 * folder: without root, and without installing anything.
 *
 * @param names packages to look for, best first: one is enough
 * @param work a folder for what lies around on the way
 * @param root where to unpack to
 * @throws Error that says for each source that was tried why it did not serve
 */
export async function unpackPackage(
  distribution: Distribution,
  names: string[],
  work: string,
  root: string,
  signal?: AbortSignal,
): Promise<void> {
  const failures: string[] = [];
  for (const source of await findSources(distribution, signal)) {
    try {
      const packages = await downloadPackage(source, names, await mkdtemp(join(work, 'apt-')), signal);
      for (const file of packages) await runCommand('dpkg', ['-x', file, root], { signal });
      return;
    } catch (error) {
      signal?.throwIfAborted();
      failures.push(`${source.mirror} ${source.suites.join(' ')}: ${(error as Error).message}`);
    }
  }
  throw new Error(failures.join('\n') || `apt knows no mirror of ${distribution.codename}`);
}

/** The mirrors that this system uses itself, with the suites that may have the package. */
async function findSources({ name, codename }: Distribution, signal?: AbortSignal): Promise<PackageSource[]> {
  // apt says what its configuration comes to, so that its two file formats need not be parsed here.
  const uris = await runCommand('apt-get', ['update', '--print-uris'], { signal });
  const mirrors = uris.matchAll(new RegExp(`^'(.+)/dists/${codename}/InRelease'`, 'gm'));
  const keyring = await findKeyring(name);
  const components = name === 'ubuntu' ? ['main', 'universe'] : ['main'];
  return [...new Set([...mirrors].map(([, mirror]) => mirror ?? ''))].flatMap((mirror) => [
    { mirror, suites: [codename, `${codename}-updates`, `${codename}-backports`], components, keyring },
    // A distribution that is very new, or so old that it moved to the archive, has no backports.
    { mirror, suites: [codename], components, keyring },
  ]);
}

async function findKeyring(name: string): Promise<string | undefined> {
  for (const ending of ['gpg', 'pgp']) {
    const path = `/usr/share/keyrings/${name}-archive-keyring.${ending}`;
    if (await exists(path)) return path;
  }
  return undefined;
}
