import type { ContenderName } from '../../contenders/contender.ts';
import { figure, paragraph, table } from '../../markdown.ts';
import type { ClickTraffic, TrafficRounds } from '../measures/traffic.ts';
import { titles } from '../names.ts';
import { medianOf, times } from './cell.ts';

/** Bytes a click that count as none. */
const leastBytes = 1;
/** Traffic counts as flat when with the most gateways it is at most so many times that with the fewest. */
export const flatFactor = 1.1;

const parts: { title: string; of: (traffic: ClickTraffic) => number; decimals: number }[] = [
  { title: 'bytes that Valkey sends a click', of: ({ bytesOut }) => bytesOut, decimals: 0 },
  { title: 'bytes that it receives', of: ({ bytesIn }) => bytesIn, decimals: 0 },
  { title: 'calls by clients', of: ({ calls }) => calls, decimals: 2 },
  { title: 'commands, those inside scripts too', of: ({ commands }) => commands, decimals: 2 },
];

/** How many times as many bytes Valkey sends a click with the most gateways as with the fewest. */
export function growthOf(all: TrafficRounds[], name: ContenderName): number | undefined {
  const of = (rounds: TrafficRounds | undefined) =>
    rounds && medianOf(rounds.rounds, name, ({ bytesOut }) => bytesOut);
  const [first, last] = [of(all[0]), of(all.at(-1))];
  return first === undefined || last === undefined
    ? undefined
    : Math.max(leastBytes, last) / Math.max(leastBytes, first);
}

export function trafficReport(all: TrafficRounds[], names: readonly ContenderName[]): string {
  const tables = parts.map(({ title, of, decimals }, i) =>
    table(
      [title, ...all.map(({ gateways }) => `${gateways} gateways`), ...(i === 0 ? ['flat'] : [])],
      names
        .filter((name) => all.some(({ rounds }) => rounds[name]))
        .map((name) => [
          titles[name],
          ...all.map(({ rounds }) => {
            const value = medianOf(rounds, name, of);
            return value === undefined ? '–' : figure(Math.max(0, value), decimals);
          }),
          ...(i === 0 ? [flatness(growthOf(all, name))] : []),
        ]),
    ),
  );
  return `## Valkey's traffic per click

${paragraph(`By \`INFO\`, less what the same matches cost without clicks; the same players at more and more processes, 500 clicks a
second. "Flat" is whether the bytes with the most gateways are within ${flatFactor} times those with the fewest. Which commands
come from clients is by \`MONITOR\`, in a slice of its own. On Bun, this system sends the same.`)}

${tables.join('\n')}`;
}

const flatness = (growth: number | undefined) =>
  growth === undefined ? '–' : growth <= flatFactor ? 'yes' : `no, ${times(growth)}`;
