import { number, oneOf, parse, seedOf } from '../support/command-line.ts';

export const usage = `Brings Compose's stack up scaled, plays through its front door while gateways and tickers are
killed, checks every match, and takes it down again.

  npm run compose:smoke -- [options]

  --minutes N    how long they are killed, 0.4 to 60 (default 0.8)
  --seed N       a whole number, for the bots' fingers (default: a new one, which is told)
  --bots N       how many play at once, an even number from 10 to 1000 (default 40)
  --pull POLICY  of images: missing, always or never (default missing)
  --help         this text

The stack is one of its own, on a free port, and disturbs none that runs. The exit code is 0 if every match
ended rightly, 1 if not, or if it could not be told, 2 if the command line is wrong.
`;

const policies = ['missing', 'always', 'never'] as const;

export interface Options {
  minutes: number;
  seed: number;
  bots: number;
  pull: (typeof policies)[number];
}

/**
 * Reads the command line.
 *
 * @returns 'help' when that was asked for
 * @throws OptionsError
 */
export function readOptions(args: string[]): Options | 'help' {
  const values = parse(args, ['minutes', 'seed', 'bots', 'pull']);
  if (values === 'help') return 'help';
  return {
    minutes: number('minutes', values.minutes, 0.8, { least: 0.4, most: 60 }),
    seed: seedOf(values.seed),
    bots: number('bots', values.bots, 40, { least: 10, most: 1_000, step: 2 }),
    pull: oneOf('pull', values.pull ?? 'missing', policies),
  };
}
