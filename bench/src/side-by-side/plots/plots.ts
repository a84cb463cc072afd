import { bothThemes } from '../../plots/picture.ts';
import type { Results } from '../results.ts';
import { latencyPlot } from './latency.ts';
import { summaryPlot } from './summary.ts';
import { trafficPlot } from './traffic.ts';

/** File name → SVG, for what was measured. */
export function plotsOf({ names, clicks, traffic }: Results): Record<string, string> {
  const several = (all: { length: number } | undefined) => (all?.length ?? 0) > 1;
  return {
    ...(clicks && bothThemes('summary', (theme) => summaryPlot(clicks, names, theme))),
    ...(clicks && several(clicks) && bothThemes('latency', (theme) => latencyPlot(clicks, names, theme))),
    ...(traffic && several(traffic) && bothThemes('traffic', (theme) => trafficPlot(traffic, names, theme))),
  };
}
