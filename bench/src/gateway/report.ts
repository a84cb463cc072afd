import type { Runtime } from '../../../dev/system/runtimes.ts';
import type { ClicksRound } from '../contenders/clicks.ts';
import type { MemoryRound } from '../contenders/memory.ts';
import { type Middle, middleOf, ratioOf } from '../contenders/rounds.ts';
import { figure, ms, table } from '../markdown.ts';
import { type Verdict, verdicts } from '../verdicts.ts';

/** What was measured of one contender, round by round. */
export interface Measured {
  name: Runtime | 'floor';
  memory: MemoryRound[];
  clicks: ClicksRound[];
}

/** At so many clicks a second it is judged. */
const judgedRate = 2_000;
/** A load that is later than this itself, in ms, measures itself. */
const mostLateMs = 5;

const titles: Record<Measured['name'], string> = {
  floor: 'bare ws on Node',
  node: 'gateway on Node',
  bun: 'gateway on Bun',
  deno: 'gateway on Deno',
};

/** A figure that each round has. @returns undefined for none of this kind in a round */
interface Row {
  title: string;
  of: (measured: Measured) => number[];
  text: (value: number) => string;
}

/** @param all the floor first, and as many rounds of each */
export function gatewayReport(all: Measured[]): string {
  const [floor] = all;
  if (!floor) throw new Error('nothing was measured');
  const rates = [...new Set(floor.clicks.map(({ clicksPerSecond }) => clicksPerSecond))];
  const rows = [...memoryRows, ...rates.flatMap(clicksRows)].filter(({ of }) => of(floor).length > 0);
  const cells = ({ title, of, text }: Row) => [
    title,
    ...all.map((each) => {
      const beside = each === floor ? '' : `, ${times(ratioOf(of(each), of(floor)))}`;
      return `${spread(middleOf(of(each)), text)}${beside}`;
    }),
  ];
  return `${table(['', ...all.map(({ name }) => titles[name])], rows.map(cells))}
The median of the rounds, the least and the most of them, and the median of how many times the floor of the same round.

${verdicts(all.flatMap((each) => judge(each, floor)))}${all.flatMap(warnings).join('')}`;
}

const memoryRows: Row[] = [
  { title: 'kB an idle socket', of: ({ memory }) => memory.map(({ idleKb }) => idleKb), text: tenths },
  {
    title: 'kB a socket in a match',
    of: ({ memory }) => memory.map(({ inMatchKb }) => inMatchKb),
    text: tenths,
  },
];

function clicksRows(rate: number): Row[] {
  const row = (what: string, of: (round: ClicksRound) => number, text: Row['text']): Row => ({
    title: `${figure(rate)} clicks/s: ${what}`,
    of: ({ clicks }) => clicks.filter(({ clicksPerSecond }) => clicksPerSecond === rate).map(of),
    text,
  });
  return [
    row('ms to the opponent, p50', ({ latency }) => latency.p50, ms),
    row('the same, p99', ({ latency }) => latency.p99, ms),
    row('both gateways, µs a click', ({ gatewayUs }) => gatewayUs, figure),
    row('Valkey, µs a click', ({ valkeyUs }) => valkeyUs, figure),
    row('ms sent late, p50', ({ late }) => late.p50, ms),
    row('the same, p99', ({ late }) => late.p99, ms),
  ];
}

/** What was asked for of each. */
function judge(each: Measured, floor: Measured): (Verdict | undefined)[] {
  const [idle] = memoryRows;
  const [p50, p99, gateways] = clicksRows(judgedRate);
  const atMost = (what: string, row: Row | undefined, most: number): Verdict | undefined => {
    if (!row || row.of(floor).length === 0) return undefined;
    const { median } = ratioOf(row.of(each), row.of(floor));
    return [`${titles[each.name]}: ${what}`, median <= most, times({ median })];
  };
  const at = `at ${figure(judgedRate)} clicks/s`;
  if (each.name === 'node') {
    return [
      atMost(`p50 ${at} within 1.3 times the floor's`, p50, 1.3),
      atMost(`p99 ${at} within 1.6 times the floor's`, p99, 1.6),
      atMost("an idle socket within 1.5 times the floor's memory", idle, 1.5),
    ];
  }
  if (each.name === 'bun') {
    return [
      atMost("an idle socket below the floor's memory", idle, 1),
      atMost(`processor time a click ${at} below the floor's`, gateways, 1),
    ];
  }
  return [];
}

/** What keeps figures from being what they look like. */
function warnings({ name, clicks }: Measured): string[] {
  const rates = [...new Set(clicks.map(({ clicksPerSecond }) => clicksPerSecond))];
  return rates.flatMap((rate) => {
    const rounds = clicks.filter(({ clicksPerSecond }) => clicksPerSecond === rate);
    const where = `${titles[name]}, ${figure(rate)} clicks/s`;
    const unseen = rounds.reduce((sum, round) => sum + round.unseen, 0);
    const late = rounds.filter((round) => round.late.p99 > mostLateMs).length;
    return [
      ...(unseen > 0 ? [`- **${where}: ${figure(unseen)} clicks were never seen by the opponent.**\n`] : []),
      ...(late > 0
        ? [
            `- ${where}: the load was late itself, p99 over ${mostLateMs} ms, in ${late} of ${rounds.length} rounds.\n`,
          ]
        : []),
    ];
  });
}

const spread = ({ median, least, most }: Middle, text: Row['text']): string =>
  `${text(median)} (${text(least)}–${text(most)})`;

const times = ({ median }: Pick<Middle, 'median'>): string => `${figure(median, 2)}×`;

function tenths(value: number): string {
  return figure(value, 1);
}
