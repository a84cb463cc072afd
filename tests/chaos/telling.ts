import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeViolation } from './excerpt.ts';
import type { History } from './history.ts';
import type { Violation } from './rules/violation.ts';

/** So many violations are told. */
const mostTold = 8;

/** Tells what is wrong with a history, if anything, and where all of it can be read. */
export async function tellViolations(
  violations: Violation[],
  history: History,
  print: (text: string) => void,
): Promise<void> {
  if (violations.length === 0) return;
  for (const violation of tellingOnes(violations)) print(`\n${describeViolation(violation, history)}`);
  if (violations.length > mostTold) print(`\nand ${violations.length - mostTold} more`);
  const dump = join(tmpdir(), `overcookied-chaos-${history.seed}.json`);
  await writeFile(dump, JSON.stringify({ violations, history }));
  print(`\n${violations.length} violations. The whole history is in ${dump}`);
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
