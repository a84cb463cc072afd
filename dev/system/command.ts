import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

interface CommandOptions {
  env?: NodeJS.ProcessEnv;
  /** Ends the command when it is aborted. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs a command to its end, without a shell.
 *
 * @returns what it wrote on standard output
 * @throws Error with the command's last words when it cannot be run, or ends with another code than 0
 */
export async function runCommand(
  command: string,
  args: string[],
  options: CommandOptions = {},
): Promise<string> {
  try {
    const { stdout } = await execute(command, args, { maxBuffer: 64 * 1024 * 1024, ...options });
    return stdout;
  } catch (error) {
    options.signal?.throwIfAborted();
    const { stderr, message } = error as Error & { stderr?: string };
    const lastWords = stderr?.trim().split('\n').slice(-5).join('\n') || message;
    throw new Error(`${command} ${args[0] ?? ''}: ${lastWords}`, { cause: error });
  }
}

/**
 * Looks programs up as a shell does.
 *
 * @param names in order of preference
 * @returns the full path of the first one that is on PATH
 */
export async function findOnPath(...names: string[]): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (await isProgram(path)) return path;
    }
  }
  return undefined;
}

/** Whether there is a file at this path that may be executed. A folder, which "may" be too, is none. */
export async function isProgram(path: string): Promise<boolean> {
  return (await exists(path, constants.X_OK)) && (await stat(path)).isFile();
}

/** Whether there is something at this path, and it may be used in this way (`fs.constants`). */
export function exists(path: string, mode: number = constants.F_OK): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
