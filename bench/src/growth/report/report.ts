import { picture } from '../../plots/picture.ts';
import { bendsOf } from '../bends.ts';
import { inCells, type Model } from '../growth.ts';
import type { Measured } from '../measured.ts';
import type { Wait } from '../waits.ts';
import { bendsReport } from './bends.ts';
import { costsReport, drainReport, shardsReport, socketsReport, waitsReport } from './measured.ts';
import { needsReport } from './needs.ts';

const populations = [1e4, 1e6, 1e7];

/** All of the page that is reckoned, simulated or measured. */
export function reportOf(
  model: Model,
  measured: Measured,
  waits: { shard: Wait[]; pairing: Wait[] },
): string {
  const { mixes, prices } = model.figures;
  const columns = populations.flatMap((players) =>
    mixes.map((mix) => ({ players, mix: mix.name, growth: inCells(players, mix, model) })),
  );
  const plot = (name: string, alt: string) => picture(`growth/${name}`, alt);
  return `## What they need

${needsReport(columns)}
Prices of ${prices.date}, one region: ${prices.region} ([what it costs](infrastructure.md#what-it-costs)).

${plot('needs', 'Gateways, shards and dollars a month against players')}

## Where the curve bends

${bendsReport(mixes.map((mix) => ({ name: mix.name, bends: bendsOf(mix, model) })))}
${plot('bends', 'Share of a core that hot slots use against players in one stack')}

## What one of each costs

${costsReport(model.costs, measured)}
### As a gateway fills

${socketsReport(measured)}
${plot('sockets', 'Processor time of a click, and of a socket at rest, against sockets on one gateway')}

### As shards are added

${shardsReport(measured)}
${plot('shards', 'Processor time of a click against clicks a second, on one, two and three shards')}

### As the queue grows

${drainReport(measured)}
## Where waiting begins

### One shard

${waitsReport(waits.shard, 'clicks/s', measured.shard)}
${plot('shard-wait', 'Time of a click at one shard against its load, measured and simulated')}

### One matchmaker

${waitsReport(waits.pairing, 'joins/s', measured.feed)}
${plot('pairing-wait', 'Time from a join to both being told against load, measured and simulated')}
`;
}
