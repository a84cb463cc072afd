/** What `npm run deploy` runs. */
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import { HelpAsked, OptionsError } from '../../bench/src/options.ts';
import { deploy } from './deploy.ts';
import { DryShell } from './dry-shell.ts';
import { findEnvironments, type Options, readOptions } from './options.ts';
import { RealShell } from './real-shell.ts';
import type { Shells } from './shell.ts';
import { UpgradeError } from './upgrade.ts';

const { stop, kill } = stopSignals();
try {
  const options = readOptions(process.argv.slice(2), findEnvironments());
  const { revision, outputs } = await deploy(options, openShells(options));
  const what = options.service ?? 'everything';
  if (!options['dry-run'])
    print(`\n${what} of ${revision} is deployed to ${options.env}: ${outputs.game_url}`);
} catch (error) {
  if (error instanceof HelpAsked) print(error.message.trimEnd());
  else process.exitCode = fail(error as Error);
}
process.exit();

function openShells({ env, 'dry-run': isDry }: Options): Shells {
  if (!isDry) {
    const never = new AbortController().signal;
    const [forward, back, last] = [stop, kill, never].map((signal) => new RealShell(signal, print));
    return { forward, back, last } as Shells;
  }
  print(`# What a deploy to ${env} runs, in the repository's folder. None of it is run now.`);
  print('# <…> stands for what only a command before it can tell.');
  const shell = new DryShell(print);
  return { forward: shell, back: shell, last: shell };
}

/** @returns the exit code */
function fail(error: Error): number {
  const { message } = error;
  const tell = (text: string) => process.stderr.write(`\n${text}\n`);
  if (error instanceof OptionsError) {
    process.stderr.write(`${message}\n`);
    return 2;
  }
  if (error instanceof UpgradeError) {
    tell(message);
    return error.isUndone ? 1 : 3;
  }
  tell(
    `${error.name === 'AbortError' ? 'stopped' : message}\nNothing was deployed: the services are as they were.`,
  );
  return 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
