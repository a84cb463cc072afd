import { bothThemes } from '../../plots/picture.ts';
import type { Model } from '../growth.ts';
import type { Measured } from '../measured.ts';
import type { Wait } from '../waits.ts';
import { shardsPlot, socketsPlot, waitPlot } from './measured.ts';
import { bendsPlot, needsPlot } from './model.ts';

/** File name → SVG. */
export function plotsOf(model: Model, measured: Measured, waits: { shard: Wait[]; pairing: Wait[] }) {
  return {
    ...bothThemes('needs', (theme) => needsPlot(model, theme)),
    ...bothThemes('bends', (theme) => bendsPlot(model, theme)),
    ...bothThemes('shard-wait', (theme) => waitPlot('A click at one shard', waits.shard, theme)),
    ...bothThemes('pairing-wait', (theme) => waitPlot('A pair at one matchmaker', waits.pairing, theme)),
    ...bothThemes('sockets', (theme) => socketsPlot(measured, theme)),
    ...bothThemes('shards', (theme) => shardsPlot(measured, theme)),
  };
}
