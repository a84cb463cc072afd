import { readdir, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';

const highest = constants.priority.PRIORITY_HIGHEST;

/**
 * Has a process, with all threads that it has by now, go before all others when it wants a processor, as on a machine
 * of its own.
 *
 * @param pid of a process that leads a session of its own, as a detached one does
 * @returns whether we may: only root may
 */
export async function putFirst(pid: number): Promise<boolean> {
  // Linux keeps a priority for each thread, and calls them processes here.
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [String(pid)]);
  try {
    for (const thread of threads) setPriority(Number(thread), highest);
  } catch {
    return false;
  }
  // Where sessions share the processor out among them first, a priority counts only within a session. Not everywhere.
  await writeFile(`/proc/${pid}/autogroup`, String(highest)).catch(() => {});
  return true;
}
