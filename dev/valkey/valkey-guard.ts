import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Starts a shell that stops a server when this process is gone, even if it was killed: a pipe to the shell
 * closes then. Valkey itself would run on, and nothing on the machine would tell why.
 *
 * @param pid the server, which outlives its guard unless this process ends; end the guard once it has ended
 */
export function guard(pid: number): ChildProcess {
  return spawn('sh', ['-c', 'read _; kill "$0"', String(pid)], {
    // A terminal's Ctrl-C goes to its whole process group, and must not make the guard act early.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
}
