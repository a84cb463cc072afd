import type { ClicksRound } from '../../contenders/clicks.ts';
import type { ContenderName } from '../../contenders/contender.ts';
import { figure, ms, paragraph, percent, table } from '../../markdown.ts';
import type { RateRounds } from '../measures/clicks.ts';
import { titles } from '../names.ts';
import { type Rounds, succeeded } from '../turns.ts';
import { type Column, cell, spread } from './cell.ts';

/** A load that is later than this itself, in ms, measures itself. */
const mostLateMs = 5;

/** Clicks that never came are later than all that did: latencies without them would flatter whoever loses them. */
const within =
  (what: 'p50' | 'p99' | 'p999', share: number) =>
  ({ latency, unseen, clicks }: ClicksRound): number =>
    unseen > (1 - share) * clicks ? Number.POSITIVE_INFINITY : latency[what];

export const p50 = within('p50', 0.5);
export const p99 = within('p99', 0.99);
/** Of gateways and Valkey, in µs. */
export const wholeUs = ({ gatewayUs, valkeyUs }: ClicksRound) => gatewayUs + valkeyUs;

const latencies: Column<ClicksRound>[] = [
  { title: 'p50', of: p50, text: ms },
  { title: 'p99', of: p99, text: ms },
  { title: 'p99.9', of: within('p999', 0.999), text: ms },
];
const sentLate: Column<ClicksRound> = { title: 'sent late, p99', of: ({ late }) => late.p99, text: ms };
const costs: Column<ClicksRound>[] = [
  { title: 'gateways', of: ({ gatewayUs }) => gatewayUs, text: figure },
  { title: 'Valkey', of: ({ valkeyUs }) => valkeyUs, text: figure },
  { title: 'whole', of: wholeUs, text: figure },
];

export function latencyReport(all: RateRounds[], names: readonly ContenderName[]): string {
  const sections = all.map(
    ({ clicksPerSecond, rounds }) => `### ${figure(clicksPerSecond)} clicks a second

${table(
  ['ms', ...latencies.map(({ title }) => title), 'lost', sentLate.title],
  names.map((name) => [
    titles[name],
    ...latencies.map((column) => cell(rounds, name, column)),
    lost(rounds, name),
    spread(rounds, name, sentLate),
  ]),
)}`,
  );
  const notes = all.flatMap((rate) => names.flatMap((name) => late(rate, name)));
  return `## Click to the opponent's socket

${paragraph(`From when a click was due to when the opponent's client had read of it; a player's clicks are due ten times a second
whatever became of those before, and opponents are at different processes. The median of the rounds, the least and the
most of them, and the median of how many times the floor of the same round. "Lost" is what the opponent had not heard of
ten seconds after the last click, and counts as later than all else (∞). "Sent late" is what the load itself, which shares the machine, adds.`)}

${sections.join('\n')}${notes.length > 0 ? `\n${notes.join('')}` : ''}`;
}

export function costReport(all: RateRounds[], names: readonly ContenderName[]): string {
  const head = ['µs a click', ...all.map(({ clicksPerSecond }) => `${figure(clicksPerSecond)} clicks/s`)];
  const tables = costs.map(
    (column) => `### ${column.title === 'whole' ? 'The whole system' : column.title}

${table(
  head,
  names.map((name) => [titles[name], ...all.map(({ rounds }) => cell(rounds, name, column))]),
)}`,
  );
  return `## Processor time of a click

${paragraph(`Of both processes that hold the sockets ("gateways") and of Valkey, by \`/proc\`, in µs: the same runs as above. Not
in it is the load, which is the same for all.`)}

${tables.join('\n')}`;
}

function lost(rounds: Rounds<ClicksRound>, name: ContenderName): string {
  const done = succeeded(rounds[name]);
  const sum = (of: (round: ClicksRound) => number) => done.reduce((total, round) => total + of(round), 0);
  const unseen = sum((round) => round.unseen);
  return unseen === 0
    ? '0'
    : percent(
        unseen,
        sum(({ clicks }) => clicks),
      );
}

function late({ clicksPerSecond, rounds }: RateRounds, name: ContenderName): string[] {
  const done = succeeded(rounds[name]);
  const count = done.filter((round) => round.late.p99 > mostLateMs).length;
  if (count === 0) return [];
  const where = `${titles[name]}, ${figure(clicksPerSecond)} clicks a second`;
  return [
    `- ${where}: the load was late itself, p99 over ${mostLateMs} ms, in ${count} of ${done.length} rounds.\n`,
  ];
}
