import type { Histogram } from './histogram.ts';
import type { Stats } from './stats.ts';

const lineEveryMs = { terminal: 1_000, log: 5_000 };

/** What a reader sees while it runs: a line now and then, and what is worth a line of its own at once. */
export class LiveReport {
  readonly #stats: Stats;
  readonly #isTerminal = process.stdout.isTTY === true;
  readonly #timer: NodeJS.Timeout;
  #toldAt = performance.now();
  #toldClicks = 0;

  constructor(stats: Stats) {
    this.#stats = stats;
    const everyMs = this.#isTerminal ? lineEveryMs.terminal : lineEveryMs.log;
    this.#timer = setInterval(() => this.#tell(), everyMs);
  }

  print(line: string): void {
    process.stdout.write(`${this.#isTerminal ? '\r\x1b[K' : ''}${line}\n`);
  }

  stop(): void {
    clearInterval(this.#timer);
    if (this.#isTerminal) process.stdout.write('\r\x1b[K');
  }

  #tell(): void {
    const now = performance.now();
    const { clicksMade } = this.#stats;
    const clicksPerSecond = ((clicksMade - this.#toldClicks) / (now - this.#toldAt)) * 1000;
    this.#toldAt = now;
    this.#toldClicks = clicksMade;
    const line = liveLine(this.#stats, clicksPerSecond);
    this.#stats.seeingLately.clear();
    process.stdout.write(this.#isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
  }
}

/** How it stands, in one line; the latency is that of the clicks since the line before. */
export function liveLine(stats: Stats, clicksPerSecond: number): string {
  const { players, inMatch, matchesFinished, seeingLately, errors, violations } = stats;
  return [
    `${players} players`,
    `${inMatch} in a match`,
    `${matchesFinished} matches over`,
    `${Math.round(clicksPerSecond)} clicks/s`,
    `${percent(stats.clicksCounted, stats.clicksSettled)} counted`,
    seeingLately.count
      ? `p50 ${ms(seeingLately.quantile(0.5))} p99 ${ms(seeingLately.quantile(0.99))}`
      : 'p50 – p99 –',
    `${errors.total} errors`,
    ...(violations ? [`${violations} VIOLATIONS`] : []),
  ].join(' · ');
}

/** What a run came to, as a table. */
export function summary(stats: Stats, { seed, seconds }: { seed: number; seconds: number }): string {
  const rows: [string, string][] = [
    ['ran', `${seconds.toFixed(1)} s, --seed ${seed}`],
    [
      'matches',
      `${stats.matchesFinished} over (${stats.endReasons}), ${stats.matchesGivenUp} given up by a player`,
    ],
    [
      'clicks made',
      `${stats.clicksMade}, ${stats.clicksSettled} of them in matches that are over, of which:`,
    ],
    ['  counted', `${stats.clicksCounted} (${percent(stats.clicksCounted, stats.clicksSettled)})`],
    ['  lost', `${stats.clicksLost}`],
    ['  too fast', `${stats.clicksTooFast}`],
    ['  unfinished', `${stats.clicksUnfinished} (cut off at the end, or the match ended early)`],
    ['points', `${stats.points}`],
    ['golden cookies', `${stats.goldenSpawned} spawned, ${stats.goldenClaimed} claimed here`],
    ['join to start', spread(stats.joining)],
    ['click to opponent', spread(stats.seeing)],
    ['connections', `${stats.breaks} broke, ${stats.reconnects} came back`],
    ['  cut off for', spread(stats.cutOff)],
    ['  by close code', `${stats.closes}`],
    ['ERROR frames', `${stats.errors}`],
    ['violations', `${stats.violations}`],
  ];
  return rows.map(([name, value]) => `${name.padEnd(18)} ${value}\n`).join('');
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;

function percent(part: number, whole: number): string {
  if (whole === 0) return '– %';
  // Rounded down: 100 % is said only when it is all of them.
  return `${(Math.floor((part / whole) * 10_000) / 100).toFixed(2)} %`;
}

function spread(histogram: Histogram): string {
  if (histogram.count === 0) return 'not measured';
  const [p50, p99] = [0.5, 0.99].map((share) => ms(histogram.quantile(share)));
  return `p50 ${p50}, p99 ${p99}, max ${ms(histogram.max)} (${histogram.count} values)`;
}
