import { figure, percent, table } from '../markdown.ts';
import type { Spread } from '../spread.ts';
import { bands, nameOf } from './bands.ts';
import { type Burst, burstSize } from './burst.ts';
import type { Outcome, Spreads } from './outcome.ts';
import { delayMs } from './simulation.ts';

/** What a strategy came to at one rate. */
export type StrategyResult = { strategy: string } & Pick<
  Outcome,
  'count' | 'near' | 'repeats' | 'mostOverdueMs' | 'pairingMs' | 'spreads'
>;

/** What was found at one rate. */
export interface RateResult {
  /** Joins a second. */
  rate: number;
  /** Of each strategy, ours first. */
  all: StrategyResult[];
  /** Where one band ends and the next begins, in points; of ours, as all below. */
  ratings: number[];
  bands: Spreads[];
  /** The same, finer, for the plot. */
  points: Spreads[];
}

/** All tables. Only those of the last section differ from run to run. */
export function reportOf(
  results: RateResult[],
  bursts: (Burst & { strategy: string })[],
  { players, seed }: { players: number; seed: number },
): string {
  return `${figure(players)} players at each rate, \`--seed ${seed}\`. Distances are in points, waits in ms.

### Over all players

${overall(results)}
${results.map((result) => `### By rating, at ${atRate(result.rate)}\n\n${byBand(result)}\n`).join('')}### ${figure(burstSize)} at once

${atOnce(bursts)}
### Time to decide

What the decision alone takes of the machine that wrote this, without Valkey, in microseconds a player:

${times(results)}`;
}

const atRate = (rate: number) => `${figure(rate, rate % 1 ? 1 : 0)} join${rate === 1 ? '' : 's'} a second`;

function overall(results: RateResult[]): string {
  const head = [
    'joins/s, decided by',
    'paired',
    ...spreadHead('distance'),
    'within 100',
    ...spreadHead('wait'),
    'same opponent again',
    'longest over the bound',
  ];
  const rows = results.flatMap(({ rate, all }) =>
    all.map(({ strategy, count, spreads, near, repeats, mostOverdueMs }) => [
      `${figure(rate, rate % 1 ? 1 : 0)}, ${strategy}`,
      figure(count),
      ...spreadCells(spreads.distance),
      percent(near, count, 1),
      ...spreadCells(spreads.wait),
      percent(repeats, count),
      mostOverdueMs === 0 ? 'never' : `${figure(mostOverdueMs, 1)} ms`,
    ]),
  );
  return `${table(head, rows)}
"Longest over the bound": how much longer than 5 s somebody waited while anybody else was there. The ${delayMs} ms
between the moment at which a pass is called for and the pass count in.
`;
}

function byBand({ ratings, bands: found }: RateResult): string {
  const head = ['percentile', 'rating', 'paired', ...spreadHead('distance'), ...spreadHead('wait')];
  const rows = bands.all.map((band, i) => {
    const [from, to] = [ratings[i - 1], ratings[i]];
    const range =
      from === undefined ? `below ${to}` : to === undefined ? `from ${from}` : `${from}–${to - 1}`;
    const spreads = found[i];
    if (!spreads) throw new Error(`nothing was found in band ${i}`);
    const { distance, wait } = spreads;
    return [nameOf(band), range, figure(distance.count), ...spreadCells(distance), ...spreadCells(wait)];
  });
  return table(head, rows);
}

function atOnce(bursts: (Burst & { strategy: string })[]): string {
  return table(
    ['decided by', ...spreadHead('distance'), 'nobody yet for'],
    bursts.map(({ strategy, distance, leftOver }) => [
      strategy,
      ...spreadCells(distance),
      percent(leftOver, 1, 2),
    ]),
  );
}

function times(results: RateResult[]): string {
  const strategies = results[0]?.all.map(({ strategy }) => strategy) ?? [];
  return table(
    ['joins/s', ...strategies],
    results.map(({ rate, all }) => [
      figure(rate, rate % 1 ? 1 : 0),
      ...all.map(({ pairingMs, count }) => figure((1_000 * pairingMs) / count, 1)),
    ]),
  );
}

const quantiles = ['p50', 'p95', 'p99', 'max'] as const;

const spreadHead = (what: string) =>
  quantiles.map((quantile, i) => (i === 0 ? `${what} ${quantile}` : quantile));

const spreadCells = (spread: Spread) => quantiles.map((quantile) => figure(spread[quantile]));
