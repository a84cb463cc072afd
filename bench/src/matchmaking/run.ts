import * as z from 'zod/mini';
// Its scripts are to be known by their names.
import '../../../services/matchmaker/src/matchmaker.ts';
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import { machine } from '../machine.ts';
import { number, numbers, readOptions, seed } from '../options.ts';
import { onStage, progress } from '../stage.ts';
import { valkeyVersion } from '../valkey-load.ts';
import { type Drain, measureDrains } from './drain.ts';
import { measureLatencies } from './latency.ts';
import { drainReport, latencyReport } from './report.ts';
import { shortRules } from './short-rules.ts';

export const about =
  'join-to-start latency and how fast queues are drained, with real processes and a Valkey of its own';

const usage = `Measures matchmaking as it runs: a Valkey of its own, services as processes.

  npm run bench -- matchmaking [options]

  --only PART         latency or drain (default both)
  --rates LIST        latency: joins a second, each 0.5 to 2000 (default 1,50,500)
  --seconds N         latency: for so long at each rate, 1 to 600; longer at low ones (default 20)
  --queues LIST       drain: how many wait, even numbers from 2 to 1000000 (default 1000,10000,100000)
  --matchmakers LIST  drain: how many matchmakers, each 1 to 8 (default 1,2)
  --seed N            the same whole number makes the same joins and ratings (default 1)
`;

const Options = z.object({
  only: z.optional(z.enum(['latency', 'drain'])),
  rates: z._default(numbers({ least: 0.5, most: 2_000 }), [1, 50, 500]),
  seconds: z._default(number({ least: 1, most: 600 }), 20),
  queues: z._default(
    numbers({ least: 2, most: 1_000_000, whole: true }).check(
      z.refine((all) => all.every((players) => players % 2 === 0), 'must be even numbers'),
    ),
    [1_000, 10_000, 100_000],
  ),
  matchmakers: z._default(numbers({ least: 1, most: 8, whole: true }), [1, 2]),
  seed,
});

export async function run(args: string[]): Promise<void> {
  const { only, rates, seconds, queues, matchmakers, seed } = readOptions(args, Options, usage);
  const { stop } = stopSignals();
  let place = '';
  let report = '';
  if (only !== 'drain') {
    await onStage({ rules: shortRules }, stop, async (stage) => {
      place = machine(await valkeyVersion(stage.valkey), stage.isValkeyFirst);
      report += `\n${latencyReport(await measureLatencies(stage, rates, seconds, seed, progress))}`;
    });
  }
  if (only !== 'latency') {
    const drains: Drain[] = [];
    for (const count of matchmakers) {
      await onStage({ rules: shortRules }, stop, async (stage) => {
        place = machine(await valkeyVersion(stage.valkey), stage.isValkeyFirst);
        drains.push(...(await measureDrains(stage, count, queues, seed, progress)));
      });
    }
    report += `\n${drainReport(drains)}`;
  }
  process.stdout.write(`${place}${report}`);
}
