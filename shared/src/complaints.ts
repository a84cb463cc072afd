import type { Metrics, Reading } from './metrics.ts';

/** Levels as pino numbers them. */
const levels: [least: number, name: 'fatal' | 'error' | 'warn'][] = [
  [60, 'fatal'],
  [50, 'error'],
  [40, 'warn'],
];

/** There are a few dozen in the code. Should one ever be made of data, it must not become thousands of time series. */
const mostCauses = 100;
const others = 'other';

/** How often what was complained of, by level and by what the log says. */
const counts = new Map<string, Reading<'level' | 'cause'>>();

/** A line is written to the log: if it is a warning or an error, it is counted. @param level as pino numbers it */
export function countComplaint(level: number, text: string): void {
  const name = levels.find(([least]) => level >= least)?.[1];
  if (!name) return;
  const known = counts.get(name + text);
  if (known) {
    known.value++;
    return;
  }
  const cause = counts.size < mostCauses ? text : others;
  const reading = counts.get(name + cause) ?? { labels: { level: name, cause }, value: 0 };
  reading.value++;
  counts.set(name + cause, reading);
}

/** Tells what this process has complained of in its log. */
export function measureComplaints(metrics: Metrics): void {
  metrics.counters('errors_total', 'Warnings and errors in the log.', ['level', 'cause'], () => [
    ...counts.values(),
  ]);
}
