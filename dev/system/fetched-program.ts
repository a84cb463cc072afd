import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { exists, isProgram } from './command.ts';
import { unpackPackage } from './debian.ts';
import type { Distribution } from './distribution.ts';
import { localFolder } from './local-folder.ts';

const staleMs = 60 * 60 * 1_000;

/** A program to be had from the distribution's packages. */
export interface WantedProgram<Program> {
  /** What it is called in messages, and its folder in `.overcookied/` in small letters. */
  name: string;
  /** Packages that have it, best first: one is enough. */
  packages: string[];
  /** Its names below `/usr/bin` or `/usr/sbin`, best first. */
  commands: string[];
  /** @throws Error when it does not run, or is not good enough */
  check(command: string, env: NodeJS.ProcessEnv): Promise<Program>;
}

/**
 * The program that was fetched from the distribution's packages, or is fetched now. Nothing is installed.
 *
 * @throws Error that says what failed
 */
export async function fetchProgram<Program>(
  distribution: Distribution,
  wanted: WantedProgram<Program>,
  signal?: AbortSignal,
): Promise<Program> {
  const { name, packages } = wanted;
  const folder = join(localFolder, name.toLowerCase());
  // Named after what it was made for: a checkout may be shared with a container of another kind.
  const root = join(folder, `${distribution.name}-${distribution.codename}-${process.arch}`);
  if (await exists(root)) {
    try {
      return await programUnder(root, wanted);
    } catch (error) {
      process.stderr.write(
        `The ${name} that was fetched earlier does not run: ${(error as Error).message}\n`,
      );
      await rm(root, { recursive: true, force: true });
    }
  }
  process.stderr.write(`No ${name} here yet: fetching one from ${distribution.name}'s packages, once.\n`);
  await mkdir(folder, { recursive: true });
  await sweep(folder);
  const work = await mkdtemp(join(folder, 'fetch-'));
  try {
    const fresh = join(work, 'root');
    await unpackPackage(distribution, packages, work, fresh, signal);
    // Manuals, and the pages of a server that is not to run: more than ten times what the program takes.
    await rm(join(fresh, 'usr/share'), { recursive: true, force: true });
    await programUnder(fresh, wanted);
    await moveInto(root, fresh);
  } finally {
    // An apt that was interrupted may still be writing.
    await rm(work, { recursive: true, force: true, maxRetries: 5 });
  }
  return programUnder(root, wanted);
}

/** The program in a folder with a system's usual layout, which finds its libraries there too. */
async function programUnder<Program>(
  root: string,
  { name, commands, check }: WantedProgram<Program>,
): Promise<Program> {
  const libraries: string[] = [];
  for (const lib of ['usr/lib', 'lib']) {
    if (!(await exists(join(root, lib)))) continue;
    const found = await readdir(join(root, lib));
    libraries.push(...found.filter((each) => each.includes('-linux-')).map((each) => join(root, lib, each)));
  }
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: [...libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter),
  };
  for (const path of commands.flatMap((each) => [`usr/bin/${each}`, `usr/sbin/${each}`])) {
    const command = join(root, path);
    if (await isProgram(command)) return check(command, env);
  }
  throw new Error(`${root} holds no ${name}`);
}

/** All at once, so that an interrupted fetch never leaves half a program. */
async function moveInto(root: string, fresh: string): Promise<void> {
  try {
    await rename(fresh, root);
  } catch (error) {
    // Another process was fetching too and came first: its program is as good.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Removes what fetches that were killed have left; one that is under way is younger. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const stats = name.startsWith('fetch-') ? await stat(path, { throwIfNoEntry: false }) : undefined;
    if (stats && Date.now() - stats.mtimeMs > staleMs) await rm(path, { recursive: true, force: true });
  }
}
