import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import * as z from 'zod/mini';
import { machine } from '../machine.ts';
import { number, numbers, readOptions, seed } from '../options.ts';
import type { Cores } from '../pin.ts';
import { onStage } from '../stage.ts';
import { valkeyVersion } from '../valkey-load.ts';
import { type ClockResult, measureClock } from './measure.ts';
import { clockReport, pinned } from './report.ts';

export const about =
  'how late golden cookies and ends are, with thousands of matches and a ticker on one core';

const usage = `Measures the clock as it runs: a Valkey of its own, tickers as processes.

  npm run bench -- clock [options]

  --matches LIST  how many at once, each 10 to 100000 (default 10000)
  --tickers N     how many, all on one core, 1 to 8 (default 1)
  --seconds N     for so long, 1 to 3600, once the first matches have ended, which takes 70 s (default 60)
  --seed N        the same whole number makes players with the same ratings (default 1)
`;

const Options = z.object({
  matches: z._default(numbers({ least: 10, most: 100_000, whole: true }), [10_000]),
  tickers: z._default(number({ least: 1, most: 8, whole: true }), 1),
  seconds: z._default(number({ least: 1, most: 3_600 }), 60),
  seed,
});

const cores: Cores = { services: 1, rest: 0 };

export async function run(args: string[]): Promise<void> {
  const { matches, ...options } = readOptions(args, Options, usage);
  const { stop } = stopSignals();
  let place = '';
  const results: ClockResult[] = [];
  for (const count of matches) {
    await onStage({ cores, areServicesFirst: true }, stop, async (stage) => {
      results.push(await measureClock(stage, { matches: count, ...options }));
      place = `${machine(await valkeyVersion(stage.valkey), stage.isValkeyFirst)}${pinned(cores, stage.isPinned, stage.isValkeyFirst)}`;
    });
  }
  process.stdout.write(`${place}\n${clockReport(results)}`);
}
