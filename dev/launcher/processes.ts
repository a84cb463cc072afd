import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readRuntime, startCommand } from '../system/runtimes.ts';
import { endChild, whenEnded } from './child.ts';
import { readLines } from './lines.ts';
import type { Log } from './log.ts';

const exitWithParent = fileURLToPath(new URL('./exit-with-parent.ts', import.meta.url));

/** A program of this project to run, and how. */
export interface ProcessOptions {
  /** Path of the TypeScript file to run. */
  script: string;
  /** `RUNTIME` in it says what it runs on, else Node. */
  env: NodeJS.ProcessEnv;
  /** Where its lines go. */
  log: Log;
}

export interface RunningProcess {
  pid: number | undefined;
  /** Resolves when it has ended, to say how: `exit code 1`, or `SIGKILL`. */
  ended: Promise<string>;
  /** Asks it to end, and makes it end after this many milliseconds; 0 is at once. Resolves when it has ended. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Starts a child that ends with this process, however this process ends.
 *
 * @throws Error when there is no such runtime
 */
export function startProcess({ script, env, log }: ProcessOptions): RunningProcess {
  const { program, args } = startCommand(readRuntime(env), script, exitWithParent);
  const child = spawn(program, args, {
    env,
    // A terminal's Ctrl-C goes to its whole process group: the launcher alone decides who ends when.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  if (child.stdout) readLines(child.stdout, (line) => log(line, process.stdout));
  if (child.stderr) readLines(child.stderr, (line) => log(line, process.stderr));
  const ended = whenEnded(child);
  return { pid: child.pid, ended, stop: (graceMs) => endChild(child, ended, graceMs) };
}
