import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { flag, number, numbers, OptionsError, readOptions, seed } from '../options.ts';
import { bands, points } from './bands.ts';
import { burst } from './burst.ts';
import { Crowd, playingAt } from './crowd.ts';
import { figureOf } from './figure.ts';
import { insertBetweenMarkers } from './page.ts';
import { type RateResult, reportOf, type StrategyResult } from './report.ts';
import { simulate } from './simulation.ts';
import { firstCome, greedy, ours } from './strategies.ts';

export const about = 'how equal opponents are and how long players wait, in virtual time';

const usage = `Simulates the queue: a crowd joins, the matchmaker's own decision pairs it.

  npm run bench -- simulation [options]

  --players N    how many come at each rate, 1000 to 10000000 (default 1000000)
  --rates LIST   joins a second to try, each 0.1 to 10000 (default 1,10,100,1000)
  --seed N       the same whole number makes the same tables (default 1)
  --write        put the tables into docs/simulation.md and the plot into docs/images/simulation.svg
`;

const Options = z.object({
  players: z._default(number({ least: 1_000, most: 10_000_000, whole: true }), 1_000_000),
  rates: z._default(numbers({ least: 0.1, most: 10_000 }), [1, 10, 100, 1_000]),
  seed,
  write: flag,
});

const docs = new URL('../../../docs/', import.meta.url);
const page = new URL('simulation.md', docs);
const plot = new URL('images/simulation.svg', docs);
const strategies = [ours, greedy, firstCome];

export async function run(args: string[]): Promise<void> {
  const options = readOptions(args, Options, usage);
  const { players, rates, seed, write } = options;
  for (const rate of rates) {
    const playing = playingAt(rate);
    if (players < 4 * playing) {
      throw new OptionsError(
        `--players: at ${rate} joins a second it begins with ${playing} who play already; simulate at least ${4 * playing}`,
      );
    }
  }
  const results = rates.map((rate) => simulateRate(rate, players, seed));
  const bursts = [ours, greedy].map((strategy) => ({ strategy: strategy.name, ...burst(strategy, seed) }));
  const report = reportOf(results, bursts, options);
  process.stdout.write(report);
  if (!write) return;
  await mkdir(new URL('.', plot), { recursive: true });
  await writeFile(page, insertBetweenMarkers(await readFile(page, 'utf8'), report, 'simulation'));
  await writeFile(plot, figureOf(results));
}

function simulateRate(rate: number, players: number, seed: number): RateResult {
  let ratings: RateResult['ratings'] = [];
  let inBands: RateResult['bands'] = [];
  let atPoints: RateResult['points'] = [];
  const all = strategies.map((strategy): StrategyResult => {
    process.stderr.write(`${rate} joins a second: ${strategy.name}\n`);
    const outcome = simulate(new Crowd({ players, joinsPerSecond: rate, seed }), strategy);
    if (strategy === ours) {
      ratings = outcome.ratingsAt(bands.edges);
      inBands = outcome.spreadsBetween(ratings);
      atPoints = outcome.spreadsBetween(outcome.ratingsAt(points.edges));
    }
    const { count, near, repeats, mostOverdueMs, pairingMs, spreads } = outcome;
    return { strategy: strategy.name, count, near, repeats, mostOverdueMs, pairingMs, spreads };
  });
  return { rate, all, ratings, bands: inBands, points: atPoints };
}
