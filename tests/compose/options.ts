import { parseArgs } from 'node:util';
import { number, OptionsError } from '../chaos/options.ts';

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
  const text = { type: 'string' } as const;
  let values: Partial<Record<'minutes' | 'seed' | 'bots' | 'pull', string>> & { help?: boolean };
  try {
    ({ values } = parseArgs({
      args,
      options: { minutes: text, seed: text, bots: text, pull: text, help: { type: 'boolean', short: 'h' } },
    }));
  } catch (error) {
    // Node's messages may go on with advice in further sentences and lines.
    const [line] = (error as Error).message.split('\n');
    throw new OptionsError(`${line} (--help tells the options)`);
  }
  if (values.help) return 'help';
  const pull = policies.find((policy) => policy === (values.pull ?? 'missing'));
  if (!pull) throw new OptionsError(`--pull must be one of ${policies.join(', ')}, got "${values.pull}"`);
  return {
    minutes: number('minutes', values.minutes, 0.8, { least: 0.4, most: 60 }),
    seed: number('seed', values.seed, Math.floor(Math.random() * 2 ** 31), {
      least: 0,
      most: 2 ** 32 - 1,
      step: 1,
    }),
    bots: number('bots', values.bots, 40, { least: 10, most: 1_000, step: 2 }),
    pull,
  };
}
