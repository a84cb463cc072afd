import type { Metrics } from '@overcookied/shared/metrics.ts';

/** What is told at a scrape under this name, with its labels as Prometheus writes them; undefined for nothing. */
export async function readMetric(metrics: Metrics, name: string): Promise<number | undefined> {
  return sampleOf(await metrics.registry.metrics(), name);
}

/** The first sample of this name in the text of a scrape. */
export function sampleOf(text: string, name: string): number | undefined {
  const line = text.match(new RegExp(`^overcookied_${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm'));
  return line ? Number(line[1]) : undefined;
}
