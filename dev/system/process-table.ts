import { readFile } from 'node:fs/promises';
import { exists, runCommand } from './command.ts';

/** A process of this machine, whoever started it. */
export interface ProcessEntry {
  parent: number;
  /** Its command line or title, on one line. */
  command: string;
}

/** Looks a process up; undefined when there is none with this id, or it has ended and only awaits its parent. */
export async function findProcess(pid: number): Promise<ProcessEntry | undefined> {
  // Containers with Debian's slim image have no ps, and macOS has no /proc.
  return (await exists('/proc/self/status')) ? fromProc(pid) : fromPs(pid);
}

async function fromProc(pid: number): Promise<ProcessEntry | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    if (/^State:\s+[ZX]/m.test(status)) return undefined;
    return { parent: Number(status.match(/^PPid:\s+(\d+)/m)?.[1]), command };
  } catch (error) {
    // ESRCH: it ended while its file was being read.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

async function fromPs(pid: number): Promise<ProcessEntry | undefined> {
  // All processes, because ps fails alike for an id that nobody has and for any other reason.
  const table = await runCommand('ps', ['-A', '-o', 'pid=,ppid=,stat=,command=']);
  const [, parent, command] =
    table.match(new RegExp(`^\\s*${pid}\\s+(\\d+)\\s+[^Z\\s]\\S*\\s+(.*)$`, 'm')) ?? [];
  return parent && command ? { parent: Number(parent), command } : undefined;
}
