import { readFile } from 'node:fs/promises';
import { findOnPath } from './command.ts';

/** A Linux distribution with Debian's packages. */
export interface Distribution {
  name: 'debian' | 'ubuntu';
  /** As in `bookworm`: what its folder on a mirror is called. */
  codename: string;
}

/** Which distribution this is; undefined where there are no such packages, as on macOS or Fedora. */
export async function findDistribution(): Promise<Distribution | undefined> {
  if (process.platform !== 'linux') return undefined;
  for (const tool of ['apt-get', 'dpkg']) if (!(await findOnPath(tool))) return undefined;
  const release = await readFile('/etc/os-release', 'utf8');
  const value = (key: string) => release.match(new RegExp(`^${key}="?([^"\n]+)"?$`, 'm'))?.[1];
  // Mint and its like have names of their own, and say which Ubuntu they are made of.
  const ubuntu = value('UBUNTU_CODENAME');
  if (ubuntu) return { name: 'ubuntu', codename: ubuntu };
  const codename = value('VERSION_CODENAME');
  return codename ? { name: 'debian', codename } : undefined;
}
