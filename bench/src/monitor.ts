import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { Redis } from '@overcookied/shared/valkey.ts';

/** A line tells the time, the database and whose command it is, and the command with its arguments. */
const line = /^\+\S+ \[\d+ (\S+)\] (.*)$/;
const quoted = /"((?:[^"\\]|\\.)*)"/g;

/**
 * Has a node without a password tell of each command that it runs (`MONITOR`), which costs it as much again. ioredis' own
 * takes the first that are told for answers to other calls, and ends the process, when Valkey is busy.
 *
 * @param see is given the command with its arguments, as Valkey writes them, and whose it is: an address as in
 *   `CLIENT LIST`, or `lua` for what a script runs, which comes right behind the call of the script
 * @returns when it tells, what ends it
 * @throws Error when there is nobody to connect to
 */
export async function monitor(
  { options }: Redis,
  see: (command: string[], source: string) => void,
): Promise<() => void> {
  const socket = connect(options.port ?? 6379, options.host);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.on('error', reject);
  createInterface({ input: socket }).on('line', (text) => {
    const [, source = '', command = ''] = text.match(line) ?? [];
    if (source)
      see(
        [...command.matchAll(quoted)].map(([, argument = '']) => argument),
        source,
      );
    else if (text === '+OK') resolve();
    else reject(new Error(`MONITOR was answered with ${text}`));
  });
  socket.write('MONITOR\r\n');
  await promise;
  return () => socket.destroy();
}
