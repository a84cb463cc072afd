import { number, parse, seedOf } from '../support/command-line.ts';

export const usage = `Plays matches through HAProxy while three gateways are replaced one by one, and checks that nobody notices.

  npm run rolling -- [options]

  --bots N    how many play at once, an even number from 10 to 1000 (default 200)
  --seed N    a whole number, for the bots' fingers (default: a new one, which is told)
  --help      this text

The exit code is 0 if nobody noticed, 1 if somebody did or if too little happened to tell, 2 if the command line
is wrong.
`;

export interface Options {
  bots: number;
  seed: number;
}

/**
 * Reads the command line.
 *
 * @returns 'help' when that was asked for
 * @throws OptionsError
 */
export function readOptions(args: string[]): Options | 'help' {
  const values = parse(args, ['bots', 'seed']);
  if (values === 'help') return 'help';
  return {
    bots: number('bots', values.bots, 200, { least: 10, most: 1_000, step: 2 }),
    seed: seedOf(values.seed),
  };
}
