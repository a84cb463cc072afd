import { findOnPath, runCommand } from '../system/command.ts';
import { findDistribution } from '../system/distribution.ts';
import { fetchProgram } from '../system/fetched-program.ts';

/** Runs Prometheus' own tool for checking rules. @returns what it wrote; @throws Error with what it found wrong */
export type Promtool = (...args: string[]) => Promise<string>;

/**
 * Finds Prometheus' promtool on this machine. Where there is none and the system has Debian's packages, it is fetched
 * into the checkout's `.overcookied/`.
 *
 * @returns undefined where there is neither
 * @throws Error that says what failed when it cannot be fetched
 */
export async function findPromtool(): Promise<Promtool | undefined> {
  const command = await findOnPath('promtool');
  if (command) return checked(command, process.env);
  const distribution = await findDistribution();
  if (!distribution) return undefined;
  return fetchProgram(distribution, {
    name: 'Prometheus',
    packages: ['prometheus'],
    commands: ['promtool'],
    check: checked,
  });
}

async function checked(command: string, env: NodeJS.ProcessEnv): Promise<Promtool> {
  const promtool: Promtool = (...args) => runCommand(command, args, { env });
  await promtool('--version');
  return promtool;
}
