/** What `npm run chaos` runs: everything fails, now this and now that, and a checker looks at what came of it. */
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import { OptionsError } from '../support/command-line.ts';
import { breakages } from './breakages.ts';
import { check } from './checker.ts';
import { type Options, readOptions, usage } from './options.ts';
import { Progress } from './progress.ts';
import { numbersOf, table, tooLittle } from './report.ts';
import { run } from './run.ts';
import { tellViolations } from './telling.ts';

const mostErrorsTold = 5;
/** A cluster has no links that can be meddled with, and heals more slowly, so that less fails. */
const leastFaultsAMinute = { node: 15, cluster: 6 };

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(usage);
  else process.exitCode = await chaos(options);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof OptionsError ? 2 : 1;
}
process.exit();

/** @returns the exit code */
async function chaos(options: Options): Promise<number> {
  const { minutes, seed, bots, isCluster, waitReplicas, broken } = options;
  const { stop, kill } = stopSignals();
  // Whoever loses patience leaves nothing behind either: what runs is ended at exit.
  kill.addEventListener('abort', () => process.exit(1));
  const lengthMs = minutes * 60_000;
  const edits = breakages.find(({ name }) => name === broken)?.edits ?? [];
  print(
    `chaos for ${minutes} min with ${bots} bots${isCluster ? ' on a cluster' : ''}, seed ${seed}${broken ? `, broken on purpose: ${broken}` : ''}`,
  );
  const valkey = isCluster ? 'cluster' : 'node';
  const progress = new Progress(lengthMs);
  const ran = await run({
    seed,
    lengthMs,
    bots,
    valkey,
    waitReplicas,
    edits,
    stop,
    started: (running) => progress.start(running),
  }).finally(() => progress.stop());
  const { history, errors, faultsLeftOut } = ran;
  const violations = check(history);
  const numbers = numbersOf(history, faultsLeftOut);
  print(`\n${table(numbers, violations.length)}`);
  for (const { level, msg, ...fields } of errors.slice(0, mostErrorsTold)) {
    print(`a service logged: ${level} ${msg} ${JSON.stringify(fields).slice(0, 500)}`);
  }
  const lacks = tooLittle(numbers, history, leastFaultsAMinute[valkey]);
  if (lacks) print(`too little happened to prove anything: ${lacks}`);
  await tellViolations(violations, history, print);
  print(`again: ${commandLine(options)}`);
  return violations.length > 0 || errors.length > 0 || lacks ? 1 : 0;
}

function commandLine({ minutes, seed, bots, isCluster, waitReplicas, broken }: Options): string {
  const others = [
    ...(bots === 200 ? [] : [`--bots ${bots}`]),
    ...(isCluster ? ['--cluster'] : []),
    ...(waitReplicas ? [`--wait ${waitReplicas}`] : []),
    ...(broken ? [`--break ${broken}`] : []),
  ];
  return ['npm run chaos -- --minutes', minutes, '--seed', seed, ...others].join(' ');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
