import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProcess } from '../system/process-table.ts';

const graceMs = 3_000;

const pidFile = (dir: string) => join(dir, 'valkey.pid');

/** Options that make a server write its process id into its data folder, and say in its title who started it. */
export const traceableArgs = (dir: string) => [
  '--pidfile',
  pidFile(dir),
  '--proc-title-template',
  `{title} {listen-addr} launcher=${process.pid}`,
];

/**
 * Stops the server that still runs on a data folder because whoever started it was killed. Two servers on one
 * append-only file would ruin it.
 *
 * @throws Error when that server is no orphan: whoever started it still runs
 */
export async function stopOrphan(dir: string): Promise<void> {
  const pid = await readPid(pidFile(dir));
  const server = pid && (await findServer(pid));
  if (!server) return;
  if (server.parent === server.launcher) {
    throw new Error(`The data in ${dir} is in use: process ${server.launcher} runs a Valkey on it.`);
  }
  const deadline = Date.now() + graceMs;
  signal(pid, 'SIGTERM');
  while (await findServer(pid)) {
    // One that is stuck loses no more than a power cut would take.
    if (Date.now() > deadline) signal(pid, 'SIGKILL');
    await sleep(50);
  }
}

async function readPid(path: string): Promise<number | undefined> {
  try {
    return Number.parseInt(await readFile(path, 'utf8'), 10) || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The process, if it is a server that was started from here: by now a stale id may belong to anything. */
async function findServer(pid: number): Promise<{ parent: number; launcher: number } | undefined> {
  const found = await findProcess(pid);
  const launcher = found?.command.match(/(?:valkey|redis)-server.* launcher=(\d+)/)?.[1];
  return found && launcher ? { parent: found.parent, launcher: Number(launcher) } : undefined;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // ESRCH: it has ended meanwhile, which is what is wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
