import { figure, ms, percent, table } from '../markdown.ts';
import type { Cores } from '../pin.ts';
import { type Verdict, verdicts } from '../verdicts.ts';
import type { ClockResult } from './measure.ts';

/** What was asked for, with one ticker on one core. */
const targets = { matches: 10_000, p99Ms: 50 };
/** A bench that is later than this itself learns due times only after they have passed; in ms. */
const mostBenchMs = 1_000;

/** Which core was whose. @param isPinned, isFirst false when that could not be had */
export const pinned = ({ services, rest }: Cores, isPinned: boolean, isFirst: boolean): string =>
  `${
    isPinned
      ? `The tickers were pinned to core ${services}, Valkey and the bench to core ${rest}`
      : '**Nothing was pinned**: there is no `taskset` here, or it may not do that'
  }${
    isFirst
      ? '. The tickers, too, went before everything else (nice -20), as on a core of their own.\n'
      : '. **The tickers had to wait for other processes**: only root may put them first.\n'
  }`;

export function clockReport(results: ClockResult[]): string {
  const head = [
    '',
    ...results.map(({ matches, tickers }) => `${figure(matches)} matches, ${tickers} ticker(s)`),
  ];
  const row = (title: string, cell: (result: ClockResult) => string) => [title, ...results.map(cell)];
  const spread = (field: 'spawns' | 'ends' | 'endsHeard' | 'bench') => (result: ClockResult) => {
    const { p50, p99, p999, max } = result[field];
    return [p50, p99, p999, max].map(ms).join(' / ');
  };
  const rows = [
    row('golden cookies, ends, a second', (r) => `${rate(r, r.spawns.count)}, ${rate(r, r.ends.count)}`),
    row('golden cookies late, heard: p50 / p99 / p99.9 / max', spread('spawns')),
    row("ends late, by Valkey's clock: the same", spread('ends')),
    row('ends late, heard: the same', spread('endsHeard')),
    row("the ticker's own histogram: p50 / p99 / p99.9 within", ({ ownMs }) =>
      [ownMs.p50, ownMs.p99, ownMs.p999].map((bound) => figure(bound, bound % 1 ? 1 : 0)).join(' / '),
    ),
    row('too early, miscounted', (r) => `${r.early}, ${r.miscounted}`),
    row('looks in vain', (r) => (r.inVain === undefined ? '–' : percent(r.inVain, events(r)))),
    row('results recorded a second', (r) => rate(r, r.recorded)),
    row("tickers' share of their core", (r) => percent(r.tickerCpuSeconds, r.seconds, 1)),
    row("Valkey's share of its core", (r) => percent(r.valkeyCpuSeconds, r.seconds, 1)),
    row('µs an event: tickers', (r) => figure((1e6 * r.tickerCpuSeconds) / events(r))),
    row('µs an event: Valkey', (r) => figure((1e6 * r.valkeyCpuSeconds) / events(r))),
    row(
      'shares without a match: tickers, Valkey',
      ({ idle }) =>
        `${percent(idle.tickerCpuSeconds, idle.seconds, 1)}, ${percent(idle.valkeyCpuSeconds, idle.seconds, 1)}`,
    ),
    row('MB: tickers, Valkey', (r) => `${megabytes(r.tickerBytes)}, ${megabytes(r.valkeyBytes)}`),
    row('matches on at the end', (r) => figure(r.on)),
    row('the bench late itself: p50 / p99 / p99.9 / max', spread('bench')),
  ];
  return `### The clock, in ms

${table(head, rows)}
Matches under the default rules, begun evenly and as many as must be ending; nobody clicks in them, and no gateway
listens: a witness does in their place, by the clock of this machine. An event is a golden cookie or an end. Valkey's
part includes making the matches, and the witness, who reads a hash after each event.

${verdicts(
  results
    .filter(({ matches }) => matches === targets.matches)
    .flatMap((result) => [
      verdict(`golden cookies at ${figure(targets.matches)} matches: p99`, result.spawns.p99),
      verdict('ends: p99', result.ends.p99),
    ]),
)}${verdicts(results.map(nothingWrong))}${results.map(overtaxed).join('')}`;
}

const verdict = (what: string, p99: number): Verdict => [
  `${what} within ${targets.p99Ms} ms of their due time`,
  p99 <= targets.p99Ms,
  ms(p99),
];

const nothingWrong = ({ matches, early, miscounted, bench }: ClockResult): Verdict | undefined =>
  bench.p99 > mostBenchMs
    ? undefined
    : [
        `${figure(matches)} matches: nothing early, nothing twice`,
        early + miscounted === 0,
        figure(early + miscounted),
      ];

const overtaxed = ({ matches, bench }: ClockResult): string =>
  bench.p99 > mostBenchMs
    ? `- ${figure(matches)} matches are more than the bench can follow: what it heard, and what seems early, is its own doing\n`
    : '';

const events = ({ spawns, ends }: ClockResult) => spawns.count + ends.count;
const rate = ({ seconds }: ClockResult, count: number) => figure(count / seconds);
const megabytes = (bytes: number) => figure(bytes / 2 ** 20);
