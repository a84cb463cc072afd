import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import type { ContenderName } from '../contenders/contender.ts';
import { flag, names, number, OptionsError, readOptions } from '../options.ts';
import { everybody, usual } from './names.ts';

export const measures = [
  'clicks',
  'capacity',
  'traffic',
  'rest',
  'clock',
  'matchmaking',
  'memory',
  'survival',
] as const;
/** What a quick run leaves out, since it takes a minute by itself and nothing is beside it. */
const unlessAsked: readonly MeasureName[] = ['matchmaking'];
export type MeasureName = (typeof measures)[number];

const usage = `Measures this system beside others that do the same work, on the same machine, in turn. Under 30 minutes.
Linux only.

  npm run bench [-- options]

  --quick             about three minutes: one round, short, without ${unlessAsked.join(' and ')}; says how things are
                      about, and no more
  --only LIST         which measures of ${measures.join(',')} (default all)
  --contenders LIST   which of ${everybody.join(',')}
                      (default ${usual.join(',')}); the floor is always there
  --rounds N          how many, 1 to 20 (default 5)
  --out FOLDER        where to write README.md, results.json and plots (default docs/benchmarks for a run
                      without other options, else .overcookied/bench)
`;

const root = fileURLToPath(new URL('../../../', import.meta.url));

const Options = z.object({
  quick: flag,
  only: z.optional(names(measures)),
  contenders: z.optional(names(everybody)),
  rounds: z.optional(number({ least: 1, most: 20, whole: true })),
  out: z.optional(z.string()),
});

export interface SideBySideOptions {
  quick: boolean;
  only: readonly MeasureName[];
  names: readonly ContenderName[];
  rounds: number;
  /** A folder. */
  out: string;
}

/** @throws OptionsError, HelpAsked */
export function readSideBySide(args: string[]): SideBySideOptions {
  const { quick, only, contenders, rounds, out } = readOptions(args, Options, usage);
  if (out === '') throw new OptionsError('--out: must name a folder');
  const isPart = quick || [only, contenders, rounds].some((option) => option !== undefined);
  return {
    quick,
    only: only ?? measures.filter((name) => !quick || !unlessAsked.includes(name)),
    // Everything is told as how many times the floor.
    names: contenders ? ['floor', ...contenders.filter((name) => name !== 'floor')] : usual,
    rounds: rounds ?? (quick ? 1 : 5),
    out: out ?? `${root}${isPart ? '.overcookied/bench' : 'docs/benchmarks'}`,
  };
}
