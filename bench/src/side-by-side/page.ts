import { figure, paragraph } from '../markdown.ts';
import { picture } from '../plots/picture.ts';
import { verdicts } from '../verdicts.ts';
import type { Place } from './place.ts';
import { capacityReport } from './reports/capacity.ts';
import { costReport, latencyReport } from './reports/clicks.ts';
import { clockReport, matchmakingReport } from './reports/clock.ts';
import { guaranteesReport } from './reports/guarantees.ts';
import { memoryReport } from './reports/memory.ts';
import { restReport } from './reports/rest.ts';
import { survivalReport } from './reports/survival.ts';
import { trafficReport } from './reports/traffic.ts';
import { verdictsOf } from './reports/verdicts.ts';
import type { Results } from './results.ts';

/** `docs/benchmarks/README.md`. @param plots file names of those that were drawn */
export function pageOf(results: Results, plots: readonly string[]): string {
  const { names, clicks, capacity, traffic, rest, memory, survival, clock, matchmaking } = results;
  const plot = (name: string, alt: string) =>
    plots.includes(`${name}-light.svg`) ? `\n${picture(name, alt)}\n` : '';
  const sections = [
    `## Whether it does what was asked for\n\n${verdicts(verdictsOf(results))}`,
    clicks && latencyReport(clicks, names),
    clicks && plot('latency', 'Click to opponent against clicks a second, for each contender'),
    clicks && costReport(clicks, names),
    capacity && capacityReport(capacity, names),
    traffic && trafficReport(traffic, names),
    traffic && plot('traffic', "Valkey's bytes a click against gateways, for each contender"),
    rest && restReport(rest, names),
    memory && memoryReport(memory, names),
    survival && survivalReport(survival, names),
    clock && clockReport(clock),
    matchmaking && matchmakingReport(matchmaking),
    guaranteesReport(),
  ].filter((section) => section);
  return `# Side by side

${intro(results)}
${plot('summary', 'Click to opponent, and processor time a click, of each contender')}
${placeReport(results.place)}${notesReport(results.notes)}
${sections.join('\n')}`;
}

const intro = ({ quick, rounds }: Results): string =>
  paragraph(`This system beside others that do the same work, on the same machine, in the same run, in turn (A B C A B C …):
\`npm run bench\` writes this page, its plots and \`results.json\` with each round. ${
    quick
      ? '**This is from `--quick`: one short round. It says how things are about, and no more.**'
      : `${rounds} rounds, where times are measured; what is only counted has fewer.`
  }`);

function placeReport(place: Place): string {
  const { machine, versions, commit, isChanged, begunAt, minutes } = place;
  const load = (averages: number[]) => averages.map((value) => value.toFixed(1)).join(', ');
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${paragraph(`${begunAt.slice(0, 16).replace('T', ' ')} UTC, ${figure(minutes)} minutes,
commit ${commit}${isChanged ? ' with changes' : ''}. ${machine} Load averages before ${load(place.loadBefore)},
after ${load(place.loadAfter)}, the bench itself included. ${list.join(', ')}.`)}\n`;
}

const notesReport = (notes: readonly string[]): string =>
  notes.length === 0 ? '' : `\n${notes.map((note) => `- **${note}**\n`).join('')}`;
