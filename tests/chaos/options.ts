import { parseArgs } from 'node:util';
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

/** The command line is wrong; the message is one line that says what would be right. */
export class OptionsError extends Error {
  override name = 'OptionsError';
}

/**
 * Reads the command line.
 *
 * @returns 'help' when that was asked for
 * @throws OptionsError
 */
export function readOptions(args: string[]): Options | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  let values: Partial<Record<'minutes' | 'seed' | 'bots' | 'wait' | 'break', string>> &
    Partial<Record<'cluster' | 'help', boolean>>;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        ...{ minutes: text, seed: text, bots: text, wait: text, break: text, cluster: flag },
        help: { ...flag, short: 'h' },
      },
    }));
  } catch (error) {
    // Node's messages may go on with advice in further sentences and lines.
    const [line] = (error as Error).message.split('\n');
    throw new OptionsError(`${line} (--help tells the options)`);
  }
  if (values.help) return 'help';
  const broken = values.break;
  if (broken !== undefined && !breakages.some(({ name }) => name === broken)) {
    throw new OptionsError(
      `--break must be one of ${breakages.map(({ name }) => name).join(', ')}, got "${broken}"`,
    );
  }
  return {
    minutes: number('minutes', values.minutes, 2, { least: 0.2, most: 600 }),
    seed: number('seed', values.seed, Math.floor(Math.random() * 2 ** 31), {
      least: 0,
      most: 2 ** 32 - 1,
      step: 1,
    }),
    bots: number('bots', values.bots, 200, { least: 10, most: 1_000, step: 2 }),
    isCluster: values.cluster ?? false,
    waitReplicas: number('wait', values.wait, 0, { least: 0, most: 5, step: 1 }),
    broken,
  };
}

/**
 * The number that an option asks for.
 *
 * @param limits `step` 1 asks for a whole number, 2 for an even one
 * @throws OptionsError
 */
export function number(
  name: string,
  text: string | undefined,
  byDefault: number,
  { least, most, step }: { least: number; most: number; step?: number },
): number {
  if (text === undefined) return byDefault;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= least && value <= most && (step === undefined || value % step === 0)) return value;
  const kind = step === 1 ? 'a whole number' : step === 2 ? 'an even number' : 'a number';
  throw new OptionsError(`--${name} must be ${kind} from ${least} to ${most}, got "${text}"`);
}
