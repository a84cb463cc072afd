import { number, oneOf, parse, seedOf } from '../support/command-line.ts';
import { breakages } from './breakages.ts';

export const usage = `Plays matches while everything fails, and checks that nobody notices more than they must.

  npm run chaos -- [options]

  --minutes N    how long, 0.2 to 600 (default 2)
  --seed N       a whole number: the same faults at the same moments (default: a new one, which is told)
  --bots N       how many play at once, an even number from 10 to 1000 (default 200)
  --cluster      on a Valkey Cluster of three primaries, each with a replica, instead of on one node
  --wait N       how many replicas must have a change before it is acknowledged, 0 to 5 (default 0)
  --break NAME   runs services that are broken on purpose, to see that it is noticed. NAME is one of
                 ${breakages
                   .map(({ name }) => name)
                   .join(', ')
                   .replace(/(.{1,80})(?:, |$)/g, '$1,\n                 ')
                   .trim()
                   .replace(/,$/, '')}
  --help         this text

The exit code is 0 if all promises were kept, 1 if one was broken or if too little happened to tell,
2 if the command line is wrong.
`;

export interface Options {
  minutes: number;
  seed: number;
  bots: number;
  /** Whether Valkey is a cluster. */
  isCluster: boolean;
  /** How many replicas must have a change before it is acknowledged. */
  waitReplicas: number;
  /** Name of a breakage; undefined for services as they are. */
  broken: string | undefined;
}

/**
 * Reads the command line.
 *
 * @returns 'help' when that was asked for
 * @throws OptionsError
 */
export function readOptions(args: string[]): Options | 'help' {
  const values = parse(args, ['minutes', 'seed', 'bots', 'wait', 'break'], ['cluster']);
  if (values === 'help') return 'help';
  return {
    minutes: number('minutes', values.minutes, 2, { least: 0.2, most: 600 }),
    seed: seedOf(values.seed),
    bots: number('bots', values.bots, 200, { least: 10, most: 1_000, step: 2 }),
    isCluster: values.cluster ?? false,
    waitReplicas: number('wait', values.wait, 0, { least: 0, most: 5, step: 1 }),
    broken:
      values.break === undefined
        ? undefined
        : oneOf(
            'break',
            values.break,
            breakages.map(({ name }) => name),
          ),
  };
}
