/** What `npm run bench` runs: one of the benches, by its name, or without one this system beside others. */
import { findBench, listBenches } from './benches.ts';
import { HelpAsked, OptionsError } from './options.ts';
import * as sideBySide from './side-by-side/run.ts';

const args = process.argv.slice(2);
const [name] = args;
const isNamed = name !== undefined && !name.startsWith('-');
try {
  await (isNamed ? findBench(name).run(args.slice(1)) : sideBySide.run(args));
} catch (error) {
  if (error instanceof HelpAsked)
    process.stdout.write(`${error.message}${isNamed ? '' : `\n${listBenches()}`}`);
  else process.exitCode = fail(error as Error);
}
// A bench that was stopped on the way still waits for something.
process.exit();

/** @returns the exit code */
function fail(error: Error): number {
  const isUsage = error instanceof OptionsError;
  // Ctrl-C needs no explanation.
  if (error.name !== 'AbortError') process.stderr.write(`${isUsage ? error.message : error.stack}\n`);
  return isUsage ? 2 : 1;
}
