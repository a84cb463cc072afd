import { readdir } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';

/**
 * Has a process, with all threads that it has by now, never wait for a processor that another one has, as on a machine
 * of its own.
 *
 * @returns whether we may: only root may
 */
export async function putFirst(pid: number): Promise<boolean> {
  // Linux keeps a priority for each thread, and calls them processes here.
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [String(pid)]);
  try {
    for (const thread of threads) setPriority(Number(thread), constants.priority.PRIORITY_HIGHEST);
    return true;
  } catch {
    return false;
  }
}
