import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { exists, isProgram } from '../system/command.ts';
import { unpackPackage } from '../system/debian.ts';
import type { Distribution } from '../system/distribution.ts';
import { localFolder } from '../system/local-folder.ts';
import { checkProgram, type ValkeyProgram } from './valkey-program.ts';

const folder = join(localFolder, 'valkey');
/** Debian 12 has its Valkey in the backports, and a Redis 7.0 besides. */
const packages = ['valkey-server', 'redis-server'];
const staleMs = 60 * 60 * 1_000;

/**
 * The server that was fetched from the distribution's packages, or is fetched now. Nothing is installed.
 *
 * @throws Error that says what failed
 */
export async function fetchValkey(distribution: Distribution, signal?: AbortSignal): Promise<ValkeyProgram> {
  // Named after what it was made for: a checkout may be shared with a container of another kind.
  const root = join(folder, `${distribution.name}-${distribution.codename}-${process.arch}`);
  if (await exists(root)) {
    try {
      return await programUnder(root);
    } catch (error) {
      process.stderr.write(`The Valkey that was fetched earlier does not run: ${(error as Error).message}\n`);
      await rm(root, { recursive: true, force: true });
    }
  }
  process.stderr.write(`No Valkey here yet: fetching one from ${distribution.name}'s packages, once.\n`);
  await mkdir(folder, { recursive: true });
  await sweep();
  const work = await mkdtemp(join(folder, 'fetch-'));
  try {
    const fresh = join(work, 'root');
    await unpackPackage(distribution, packages, work, fresh, signal);
    await programUnder(fresh);
    await moveInto(root, fresh);
  } finally {
    // An apt that was interrupted may still be writing.
    await rm(work, { recursive: true, force: true, maxRetries: 5 });
  }
  return programUnder(root);
}

/** The program in a folder with a system's usual layout, which finds its libraries there too. */
async function programUnder(root: string): Promise<ValkeyProgram> {
  const libraries: string[] = [];
  for (const lib of ['usr/lib', 'lib']) {
    if (!(await exists(join(root, lib)))) continue;
    const found = await readdir(join(root, lib));
    libraries.push(...found.filter((name) => name.includes('-linux-')).map((name) => join(root, lib, name)));
  }
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: [...libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter),
  };
  for (const name of packages) {
    const command = join(root, 'usr/bin', name);
    if (await isProgram(command)) return checkProgram(command, env);
  }
  throw new Error(`${root} holds no server`);
}

/** All at once, so that an interrupted fetch never leaves half a server. */
async function moveInto(root: string, fresh: string): Promise<void> {
  try {
    await rename(fresh, root);
  } catch (error) {
    // Another process was fetching too and came first: its server is as good.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Removes what fetches that were killed have left; one that is under way is younger. */
async function sweep(): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const stats = name.startsWith('fetch-') ? await stat(path, { throwIfNoEntry: false }) : undefined;
    if (stats && Date.now() - stats.mtimeMs > staleMs) await rm(path, { recursive: true, force: true });
  }
}
