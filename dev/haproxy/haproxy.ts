import { findOnPath, runCommand } from '../system/command.ts';
import { findDistribution } from '../system/distribution.ts';
import { fetchProgram } from '../system/fetched-program.ts';

/** A load balancer that can be started. */
export interface HaproxyProgram {
  /** Full path of the program. */
  command: string;
  /** The environment to run it in. */
  env: NodeJS.ProcessEnv;
}

/**
 * Finds HAProxy on this machine. Where there is none and the system has Debian's packages, it is fetched into the
 * checkout's `.overcookied/`.
 *
 * @throws Error that says what failed, or what to install
 */
export async function findHaproxy(): Promise<HaproxyProgram> {
  const command = await findOnPath('haproxy');
  if (command) return checked(command, process.env);
  const distribution = await findDistribution();
  if (!distribution) throw new Error('there is no haproxy on PATH: install version 2.6 or newer');
  return fetchProgram(distribution, {
    name: 'HAProxy',
    packages: ['haproxy'],
    commands: ['haproxy'],
    check: checked,
  });
}

async function checked(command: string, env: NodeJS.ProcessEnv): Promise<HaproxyProgram> {
  await runCommand(command, ['-v'], { env });
  return { command, env };
}
