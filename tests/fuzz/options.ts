import { type Runtime, runtimes } from '../../dev/system/runtimes.ts';
import { number, OptionsError, oneOf, parse, seedOf } from '../support/command-line.ts';
import { breakages } from './breakages.ts';
import { type TargetName, targets } from './targets.ts';

export const usage = `Throws nonsense of every kind at a running system, and checks that nothing comes of it.

  npm run fuzz -- [options]

  --frames N     how many WebSocket messages, 100 to 100 million (default 100000); the rest comes in proportion
  --seed N       a whole number: the same cases again (default: a new one, which is told)
  --runtime NAME what the gateways run on: ${runtimes.join(', ')} (default node)
  --at-once N    how many cases run at once, 1 to 2000 (default 300)
  --only NAME    one part alone: ${Object.keys(targets).join(', ')}
  --replay CASE  one case again, as a report names it, as in frames:7:12:0:1
  --break NAME   runs gateways that are broken on purpose, to see that it is noticed. NAME is one of
                 ${breakages
                   .map(({ name }) => name)
                   .join(', ')
                   .replace(/(.{1,80})(?:, |$)/g, '$1,\n                 ')
                   .trim()
                   .replace(/,$/, '')}
  --help         this text

The exit code is 0 if nothing was found, 1 if something was, 2 if the command line is wrong.
`;

export interface Options {
  frames: number;
  seed: number;
  runtime: Runtime;
  atOnce: number;
  only: TargetName | undefined;
  replay: { target: TargetName; seed: number; path: string } | undefined;
  /** Name of a breakage; undefined for gateways as they are. */
  broken: string | undefined;
}

/** Reads the command line. @returns 'help' when that was asked for. @throws OptionsError */
export function readOptions(args: string[]): Options | 'help' {
  const values = parse(args, ['frames', 'seed', 'runtime', 'at-once', 'only', 'replay', 'break']);
  if (values === 'help') return 'help';
  return {
    frames: number('frames', values.frames, 100_000, { least: 100, most: 100_000_000, step: 1 }),
    seed: seedOf(values.seed, 2 ** 31 - 1),
    runtime: oneOf('runtime', values.runtime ?? 'node', runtimes),
    atOnce: number('at-once', values['at-once'], 300, { least: 1, most: 2_000, step: 1 }),
    only: values.only === undefined ? undefined : oneOf('only', values.only, targetNames),
    replay: values.replay === undefined ? undefined : readCase(values.replay),
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

const targetNames = Object.keys(targets) as TargetName[];

function readCase(text: string): NonNullable<Options['replay']> {
  const [, target = '', seed = '', path = ''] = text.match(/^(\w+):(-?\d+):(\d+(?::\d+)*)$/) ?? [];
  if (!path)
    throw new OptionsError(
      `--replay must be a case as a report names it, as in frames:7:12:0:1, got "${text}"`,
    );
  return { target: oneOf('replay', target, targetNames), seed: Number(seed), path };
}
