/** What `npm run chaos` runs: everything fails, now this and now that, and a checker looks at what came of it. */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import { breakages } from './breakages.ts';
import { check } from './checker.ts';
import { describeViolation } from './excerpt.ts';
import { type Options, OptionsError, readOptions, usage } from './options.ts';
import { Progress } from './progress.ts';
import { numbersOf, table, tooLittle } from './report.ts';
import type { Violation } from './rules/violation.ts';
import { run } from './run.ts';

/** So many violations are told. */
const mostTold = 8;
const mostErrorsTold = 5;

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
async function chaos({ minutes, seed, bots, broken }: Options): Promise<number> {
  const { stop, kill } = stopSignals();
  // Whoever loses patience leaves nothing behind either: what runs is ended at exit.
  kill.addEventListener('abort', () => process.exit(1));
  const lengthMs = minutes * 60_000;
  const edits = breakages.find(({ name }) => name === broken)?.edits ?? [];
  print(
    `chaos for ${minutes} min with ${bots} bots, seed ${seed}${broken ? `, broken on purpose: ${broken}` : ''}`,
  );
  const progress = new Progress(lengthMs);
  const ran = await run({
    seed,
    lengthMs,
    bots,
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
  const lacks = tooLittle(numbers, history);
  if (lacks) print(`too little happened to prove anything: ${lacks}`);
  if (violations.length > 0) {
    for (const violation of tellingOnes(violations)) print(`\n${describeViolation(violation, history)}`);
    if (violations.length > mostTold) print(`\nand ${violations.length - mostTold} more`);
    const dump = join(tmpdir(), `overcookied-chaos-${seed}.json`);
    await writeFile(dump, JSON.stringify({ violations, history }));
    print(`\n${violations.length} violations. The whole history is in ${dump}`);
  }
  print(
    `again: npm run chaos -- --minutes ${minutes} --seed ${seed}${bots === 200 ? '' : ` --bots ${bots}`}${broken ? ` --break ${broken}` : ''}`,
  );
  return violations.length > 0 || errors.length > 0 || lacks ? 1 : 0;
}

/** Of each rule the shortest first: a reader wants to see what is wrong, not how often. */
function tellingOnes(violations: Violation[]): Violation[] {
  const byRule = Object.values(Object.groupBy(violations, ({ rule }) => rule)).map((some = []) =>
    some.toSorted((a, b) => a.excerpt.length - b.excerpt.length),
  );
  const rounds = byRule[0] ? Math.max(...byRule.map(({ length }) => length)) : 0;
  const inTurn = Array.from({ length: rounds }, (_, i) => byRule.flatMap((some) => some.slice(i, i + 1)));
  return inTurn.flat().slice(0, mostTold);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
