import type { ChildProcess } from 'node:child_process';

/** Resolves when a child has ended and all its output is read, to say how: `exit code 1`, or `SIGKILL`. */
export function whenEnded(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    // It could not be started at all, for example because the program is not there.
    child.on('error', (error) => {
      if (child.pid === undefined) resolve(error.message);
    });
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

/** Whether a child has ended. Its last output may still be unread. */
export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/**
 * Asks a child to end, and makes it end when it has not after a while. Resolves when it has.
 *
 * @param ended what `whenEnded` gave for it
 * @param graceMs how long it may take; 0 ends it at once, by force
 */
export async function endChild(child: ChildProcess, ended: Promise<unknown>, graceMs: number): Promise<void> {
  child.kill(graceMs > 0 ? 'SIGTERM' : 'SIGKILL');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}
