import { readFile } from 'node:fs/promises';
import { figure, table } from '../../markdown.ts';
import { titles } from '../../side-by-side/names.ts';
import { medianOf } from '../../side-by-side/reports/cell.ts';
import type { Results } from '../../side-by-side/results.ts';
import { inCells, type Model } from '../growth.ts';
import { short } from './needs.ts';

const file = new URL('../../../../docs/benchmarks/results.json', import.meta.url);
const players = 1e6;

/** What `npm run bench` measured last; undefined where it has not been run. */
export async function readSideBySide(): Promise<Results | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What a million players need if clicks cost what they cost beside others, on each runtime that was measured. */
export function besideReport(results: Results, model: Model): string {
  const [worst] = model.figures.mixes;
  if (!worst) throw new Error('nobody plays');
  const rows = (results.clicks ?? []).flatMap(({ clicksPerSecond, rounds }) =>
    (['node', 'bun'] as const).flatMap((name) => {
      const [gateway, valkey] = [
        medianOf(rounds, name, ({ gatewayUs }) => gatewayUs),
        medianOf(rounds, name, ({ valkeyUs }) => valkeyUs),
      ];
      if (gateway === undefined || valkey === undefined) return [];
      const { gatewayUs, valkeyUs } = model.costs;
      const costs = {
        ...model.costs,
        gatewayUs: { ...gatewayUs, click: gateway },
        valkeyUs: { ...valkeyUs, click: valkey },
      };
      const { needs, money } = inCells(players, worst, { ...model, costs });
      return [
        [
          `${titles[name]}, ${figure(clicksPerSecond)} clicks/s`,
          ...[
            figure(gateway),
            figure(valkey),
            figure(needs.gateways),
            figure(needs.shards),
            short(money.total),
          ],
        ],
      ];
    }),
  );
  const head = ['a click as in', 'gateways, µs', 'Valkey, µs', 'gateways', 'shards', '$ a month'];
  return `### If clicks cost what they cost [side by side](benchmarks/README.md)

${table(head, rows)}
${short(players)} players ${worst.name}. There nothing but clicks goes on, between two gateways that share one Valkey; what a second in a match
costs is as above. The more clicks there are, the more of them share a wake-up, a read and a write.
Measured ${results.place.begunAt.slice(0, 10)} at ${results.place.commit}, ${results.rounds} round${results.rounds === 1 ? '' : 's'}.
`;
}
