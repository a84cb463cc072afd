/** What `npm run bot` runs: a crowd of players without a screen, until a limit or Ctrl-C. */
import { setTimeout as sleep } from 'node:timers/promises';
import { stopSignals } from '@overcookied/shared/stop-signals.ts';
import { Crowd } from './crowd.ts';
import { type Options, OptionsError, readOptions, usage } from './options.ts';
import { LiveReport, summary } from './report.ts';
import { Stats } from './stats.ts';

const limitCheckMs = 50;

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(usage);
  else process.exitCode = await run(options);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof OptionsError ? 2 : 1;
}
process.exit();

/** @returns the exit code */
async function run({ minutes, matches, seed = Math.floor(Math.random() * 2 ** 32), ...options }: Options) {
  const { stop, kill } = stopSignals();
  const startedAt = performance.now();
  const stats = new Stats();
  const report = new LiveReport(stats);
  const crowd = new Crowd({
    ...options,
    seed,
    stats,
    violated: (what) => report.print(`VIOLATION ${what}`),
    note: (what) => report.print(what),
  });
  const killed = new Promise<void>((resolve) => kill.addEventListener('abort', () => resolve()));

  const reached = () =>
    (minutes !== undefined && performance.now() - startedAt >= minutes * 60_000) ||
    (matches !== undefined && stats.matchesStarted >= matches);
  try {
    const ready = crowd.start();
    // Whoever is in plays already, so the limits count from the first.
    const ended = untilEnd(reached, stop, () => stats.players > 0);
    await Promise.race([ready.then(() => ended), ended]);
    report.print('stopping: the matches that are on are played to their end, Ctrl-C ends at once');
    await Promise.race([crowd.stop(), killed]);
  } finally {
    crowd.close();
    report.stop();
  }
  process.stdout.write(`\n${summary(stats, { seed, seconds: (performance.now() - startedAt) / 1000 })}`);
  return stats.violations > 0 ? 1 : 0;
}

/** Resolves at a limit, at the signal, or when everybody who was there has gone. */
async function untilEnd(reached: () => boolean, stop: AbortSignal, anybody: () => boolean): Promise<void> {
  let crowded = false;
  while (!stop.aborted && !reached()) {
    if (anybody()) crowded = true;
    else if (crowded) return;
    await sleep(limitCheckMs);
  }
}
