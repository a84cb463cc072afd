import { Evidence } from './evidence.ts';
import type { History } from './history.ts';

/** What is told at the end, in the order of the table. */
export type Numbers = Map<string, string | number>;

/** Median, 99th percentile and greatest. */
function percentiles(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return [at(0.5), at(0.99), at(1)].map(Math.round).join(', ');
}

/** How often which thing happened. */
export function numbersOf(history: History, faultsLeftOut: number): Numbers {
  const numbers: Numbers = new Map();
  const add = (name: string, by = 1) => numbers.set(name, Number(numbers.get(name) ?? 0) + by);
  const { faults, connections, sittings, refusals, games } = history;
  for (const { target, what } of faults.toSorted((a, b) => a.target.localeCompare(b.target))) {
    if (what !== 'pause') add(`fault: ${target.replace(/ \d+$/, '')}, ${what}`);
  }
  if (faultsLeftOut > 0) add('faults left out, since the one before took longer', faultsLeftOut);
  const evidence = new Evidence(history);
  numbers.set('seconds in which the machine was too busy', Math.round(evidence.busyMs / 1_000));
  add('connections', connections.length);
  add('connections that opened', connections.filter(({ openAt }) => openAt > 0).length);
  const closes = connections.filter(({ openAt, code }) => openAt > 0 && code > 0);
  for (const { code } of closes.toSorted((a, b) => a.code - b.code)) add(`closed ${code}`);
  add(
    'clicks made',
    sittings.reduce((sum, { pages }) => sum + pages.reduce((all, { made }) => all + made.length, 0), 0),
  );
  add(
    'clicks acknowledged, highest told',
    sittings.reduce((sum, { acks }) => sum + (acks.at(-1)?.ack ?? 0), 0),
  );
  for (const { hash } of Object.values(games)) {
    add('clicks counted', Number(hash?.p1Counted ?? 0) + Number(hash?.p2Counted ?? 0));
  }
  for (const { code } of refusals.toSorted((a, b) => a.code.localeCompare(b.code))) add(`refused: ${code}`);
  add('matches', Object.keys(games).length);
  const late: number[] = [];
  const ownLate: number[] = [];
  let golden = 0;
  let recorded = 0;
  for (const { hash, results } of Object.values(games)) {
    if (!hash) continue;
    add(`matches: ${hash.mode}`);
    add(`ended: ${hash.reason || (hash.phase === 'over' ? 'by the clock' : 'not at all')}`);
    golden += Number(hash.goldenId);
    recorded += Object.values(results).filter((entries) => entries.length > 0).length;
    if (hash.phase !== 'over' || hash.reason) continue;
    const [endsAt, endedAt] = [Number(hash.endsAt), Number(hash.endedAt)];
    late.push(endedAt - endsAt);
    ownLate.push(endedAt - endsAt - evidence.outageWithin(endsAt, endedAt));
  }
  add('golden cookies', golden);
  numbers.set('ended after the due time, ms: p50, p99, max', percentiles(late));
  numbers.set('the same without what Valkey was out', percentiles(ownLate));
  numbers.set('results recorded, two a match', recorded);
  return numbers;
}

/** For a reader. */
export function table(numbers: Numbers, violations: number): string {
  const rows: [string, string][] = [...numbers].map(([name, value]) => [name, String(value)]);
  rows.push(['violations', String(violations)]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join('');
}

/** A run in which nothing happened proves nothing. @returns what there was too little of; undefined if nothing */
export function tooLittle(numbers: Numbers, history: History, faultsAMinute: number): string | undefined {
  const least = Math.floor(minutesOf(history) * faultsAMinute);
  const made = history.faults.filter(({ what }) => what !== 'pause').length;
  return (
    tooFewMatches(numbers, history) ?? (made < least ? `${made} faults, of at least ${least}` : undefined)
  );
}

/** @returns how many matches too few there were; undefined if there were enough */
export function tooFewMatches(numbers: Numbers, history: History): string | undefined {
  const bots = Object.keys(history.names).length;
  const matches = Number(numbers.get('matches') ?? 0);
  // Twelve seconds a match and two players each would be five a minute for two players; a third of that is little.
  const least = Math.floor((bots / 2) * minutesOf(history) * 1.7);
  return matches < least ? `${matches} matches, of at least ${least}` : undefined;
}

const minutesOf = ({ from, until }: History): number => (until - from) / 60_000;
