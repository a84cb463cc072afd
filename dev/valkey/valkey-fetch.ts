import type { Distribution } from '../system/distribution.ts';
import { fetchProgram } from '../system/fetched-program.ts';
import { checkProgram, type ValkeyProgram } from './valkey-program.ts';

/** Debian 12 has its Valkey in the backports, and a Redis 7.0 besides. */
const packages = ['valkey-server', 'redis-server'];

/**
 * The server that was fetched from the distribution's packages, or is fetched now. Nothing is installed.
 *
 * @throws Error that says what failed
 */
export function fetchValkey(distribution: Distribution, signal?: AbortSignal): Promise<ValkeyProgram> {
  return fetchProgram(
    distribution,
    { name: 'Valkey', packages, commands: packages, check: checkProgram },
    signal,
  );
}
