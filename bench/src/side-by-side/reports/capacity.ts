import type { ContenderName } from '../../contenders/contender.ts';
import { figure, ms, paragraph, percent, table } from '../../markdown.ts';
import { limitsOf, rungs } from '../ladder.ts';
import { type Capacity, limits, type RateTried } from '../measures/capacity.ts';
import { titles } from '../names.ts';

export function capacityReport(capacity: Capacity, names: readonly ContenderName[]): string {
  const rows = names.map((name) => {
    const tried = capacity[name] ?? [];
    const { holds, fails } = limitsOf(tried);
    return [
      titles[name],
      holds === undefined ? `less than ${figure(rungs[0] ?? 0)}` : figure(holds),
      fails === undefined ? '–' : figure(fails),
      said(tried.find(({ clicksPerSecond }) => clicksPerSecond === holds)),
      said(tried.find(({ clicksPerSecond }) => clicksPerSecond === fails)),
    ];
  });
  return `## The highest rate

${paragraph(`The most clicks a second with a p99 under ${limits.p99Ms} ms and less than ${percent(limits.lostShare, 1, 1)} of them lost, two processes, Valkey and
the load on the same machine. Found by halving a ladder of rates from ${figure(rungs[0] ?? 0)} to ${figure(rungs.at(-1) ?? 0)}, each 19 per cent above
the one before, which is the resolution where the first two columns are no further apart. Rates of the tables
above count as tried; one that does not hold is tried twice.`)}

${table(['clicks a second', 'holds', 'does not', 'p99 there', 'p99 where it does not'], rows)}`;
}

function said(tried: RateTried | undefined): string {
  if (!tried) return '–';
  if (tried.p99Ms === null) return 'broke';
  const lost = tried.lostShare > 0 ? `, ${percent(tried.lostShare, 1)} lost` : '';
  return `${ms(tried.p99Ms)} ms${lost}`;
}
