import { runCommand } from '../system/command.ts';

/** A server that can be started: Valkey's, or a Redis that is new enough. */
export interface ValkeyProgram {
  /** Full path of the program. */
  command: string;
  /** The environment to run it in. */
  env: NodeJS.ProcessEnv;
  /** As in `8.0.2`. */
  version: string;
}

/** The oldest Redis that will do; Valkey began later, with 7.2. */
const leastMajor = 7;

/**
 * Asks a server for its version, which shows as well that it runs here.
 *
 * @throws Error when it does not run or is too old
 */
export async function checkProgram(
  command: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ValkeyProgram> {
  const output = await runCommand(command, ['--version'], { env });
  const version = output.match(/v=(\d+[\d.]*)/)?.[1];
  if (!version) throw new Error(`${command} does not say its version: ${output.trim()}`);
  if (Number.parseInt(version, 10) < leastMajor) {
    throw new Error(`${command} is version ${version}, which is older than ${leastMajor}`);
  }
  return { command, env, version };
}
