import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import * as z from 'zod/mini';
import { flag, readOptions, seed } from '../options.ts';
import { measurePart } from './measure/measure.ts';
import { type Part, parts } from './measured.ts';

export const about = 'what ten thousand to ten million players need, and where the curve bends';

const usage = `Reckons what so many players need, from what was measured (docs/growth.md).

  npm run bench -- growth [options]

  --measure LIST  first measure again: all, or some of ${parts.join(',')}; ten minutes for all
  --quick         measure shorter, and not the largest
  --seed N        the same whole number draws the same times and ratings (default 1)
`;

const Parts = z.pipe(
  z.string(),
  z.transform((list, context): Part[] =>
    list === 'all'
      ? parts
      : list.split(',').map((name) => {
          const part = parts.find((each) => each === name);
          if (!part) {
            const message = `must be all, or a list out of ${parts.join(', ')}, got "${name}"`;
            context.issues.push({ code: 'custom', message, input: list });
          }
          return part ?? 'play';
        }),
  ),
);

const Options = z.object({ measure: z._default(Parts, []), quick: flag, seed });

export async function run(args: string[]): Promise<void> {
  const { measure, quick, seed } = readOptions(args, Options, usage);
  const { stop } = stopSignals();
  for (const part of measure) await measurePart(part, { stop, seed, quick });
}
