import { runCommand } from '../../dev/system/command.ts';

/** Which processor core is whose. */
export interface Cores {
  /** Of what is measured. */
  services: number;
  /** Of Valkey and the bench. */
  rest: number;
}

/**
 * Has a process run on one core only, with all threads that it has by now and those that they start.
 *
 * @returns false when that cannot be had here: there is no `taskset`, no such core, or it is not ours to use
 */
export async function pin(pid: number, core: number): Promise<boolean> {
  try {
    await runCommand('taskset', ['-acp', String(core), String(pid)]);
    return true;
  } catch {
    return false;
  }
}
