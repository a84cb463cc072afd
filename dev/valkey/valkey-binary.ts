import { findOnPath } from '../system/command.ts';
import { findDistribution } from '../system/distribution.ts';
import { fetchValkey } from './valkey-fetch.ts';
import { checkProgram, type ValkeyProgram } from './valkey-program.ts';

/**
 * Finds a Valkey on this machine, or a Redis that will do. Where there is neither and the system has Debian's
 * packages, one is fetched into the checkout's `.overcookied/`.
 *
 * @param signal ends a fetch that is under way
 * @throws Error that says what was tried, and the line to type
 */
export async function findValkey(signal?: AbortSignal): Promise<ValkeyProgram> {
  const failures: string[] = [];
  for (const name of ['valkey-server', 'redis-server']) {
    const command = await findOnPath(name);
    if (!command) failures.push(`${name} is not on PATH`);
    else {
      try {
        return await checkProgram(command);
      } catch (error) {
        failures.push((error as Error).message);
      }
    }
  }
  const distribution = await findDistribution();
  if (distribution) {
    try {
      return await fetchValkey(distribution, signal);
    } catch (error) {
      signal?.throwIfAborted();
      failures.push(`fetching one from ${distribution.name}'s packages failed: ${(error as Error).message}`);
    }
  }
  throw new Error(`There is no Valkey on this machine.
${failures.map((failure) => `  - ${failure}`).join('\n')}
Install one:
  macOS:           brew install valkey
  Debian, Ubuntu:  sudo apt-get install valkey-server   (or redis-server, version 7 or later)
Or run it in Docker, and say where it is:
  docker run --rm -p 6379:6379 valkey/valkey:8.0
  VALKEY_URL=valkey://127.0.0.1:6379 npm start`);
}
