import { readFile, writeFile } from 'node:fs/promises';
import { defaultRules } from '@overcookied/shared/rules.ts';
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import * as z from 'zod/mini';
import { flag, readOptions, seed } from '../options.ts';
import { insertBetweenMarkers } from '../simulation/page.ts';
import { readFigures } from './figures.ts';
import { measurePart } from './measure/measure.ts';
import { type Part, parts, readMeasured } from './measured.ts';
import { plotsOf } from './plots/plots.ts';
import { besideReport, readSideBySide } from './report/beside.ts';
import { reportOf } from './report/report.ts';
import { unitCosts } from './unit-costs.ts';
import { pairingWaits, shardWaits } from './waits.ts';

export const about = 'what ten thousand to ten million players need, and where the curve bends';

const usage = `Reckons what so many players need, from what was measured (docs/growth.md).

  npm run bench -- growth [options]

  --write         put the tables into docs/growth.md and the plots into docs/growth
  --measure LIST  first measure again: all, or some of ${parts.join(',')}; a quarter of an hour for all
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

const Options = z.object({ write: flag, measure: z._default(Parts, []), quick: flag, seed });

const page = new URL('../../../docs/growth.md', import.meta.url);

export async function run(args: string[]): Promise<void> {
  const { write, measure, quick, seed } = readOptions(args, Options, usage);
  const { stop } = stopSignals();
  for (const part of measure) await measurePart(part, { stop, seed, quick });
  const [figures, measured] = [await readFigures(), await readMeasured()];
  const model = { figures, costs: unitCosts(measured, figures.costs.headerBytes.value), rules: defaultRules };
  const waits = { shard: shardWaits(measured.shard, seed), pairing: pairingWaits(measured, seed) };
  const beside = await readSideBySide();
  const report = reportOf(model, measured, waits) + (beside ? `\n${besideReport(beside, model)}` : '');
  process.stdout.write(report);
  if (!write) return;
  await writeFile(page, insertBetweenMarkers(await readFile(page, 'utf8'), report, 'growth'));
  for (const [name, svg] of Object.entries(plotsOf(model, measured, waits)))
    await writeFile(new URL(`growth/${name}`, page), svg);
}
