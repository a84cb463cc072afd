import type { Metrics } from '@overcookied/shared/metrics.ts';

/** What is told at a scrape under this name, with its labels as Prometheus writes them; undefined for nothing. */
export async function readMetric(metrics: Metrics, name: string): Promise<number | undefined> {
  return sampleOf(await metrics.registry.metrics(), name);
}

/** The first sample of this name in the text of a scrape. */
export const sampleOf = (text: string, name: string): number | undefined =>
  valueIn(text, `overcookied_${name}`);

/** The same for a metric that is the runtime's or the process's. @param name in full */
export function valueIn(text: string, name: string): number | undefined {
  const line = text.match(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm'));
  return line ? Number(line[1]) : undefined;
}
