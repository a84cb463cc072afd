import type { ContenderName } from '../../contenders/contender.ts';
import { figure, paragraph, table } from '../../markdown.ts';
import type { RestRounds, RestTraffic } from '../measures/rest.ts';
import { titles } from '../names.ts';
import { type Column, spread } from './cell.ts';

const column = (title: string, of: (traffic: RestTraffic) => number): Column<RestTraffic> => ({
  title,
  of,
  text: (value) => figure(value, value < 100 ? 1 : 0),
});
const columns = [
  column('calls by clients', ({ calls }) => calls),
  column('commands, those inside scripts too', ({ commands }) => commands),
  column('bytes sent', ({ bytesOut }) => bytesOut),
  column('bytes received', ({ bytesIn }) => bytesIn),
];

export function restReport({ matches, rounds }: RestRounds, names: readonly ContenderName[]): string {
  return `## Matches at rest

${paragraph(`What Valkey does for a minute of a match in which nobody clicks, by \`INFO\` and \`MONITOR\`, with ${figure(matches)} matches on at two
processes: everything, signs of life too. This system runs a game-ticker for it, with golden cookies by the default
rules; a match's beginning, end and result are not in it.`)}

${table(
  ['a match-minute', ...columns.map(({ title }) => title)],
  names.map((name) => [titles[name], ...columns.map((each) => spread(rounds, name, each))]),
)}`;
}
