import type { ContenderName } from '../../contenders/contender.ts';
import type { MemoryRound } from '../../contenders/memory.ts';
import { figure, paragraph, table } from '../../markdown.ts';
import type { MemoryRounds } from '../measures/memory.ts';
import { titles } from '../names.ts';
import { type Column, cell } from './cell.ts';

const tenths = (value: number) => figure(value, 1);
const columns: Column<MemoryRound>[] = [
  { title: 'idle', of: ({ idleKb }) => idleKb, text: tenths },
  { title: 'in a match', of: ({ inMatchKb }) => inMatchKb, text: tenths },
];

export function memoryReport({ sockets, rounds }: MemoryRounds, names: readonly ContenderName[]): string {
  return `## Memory of a socket

${paragraph(`What two new processes together have in use (RSS) with ${figure(sockets)} sockets, less what they had before.`)}

${table(
  ['kB a socket', ...columns.map(({ title }) => title)],
  names.map((name) => [titles[name], ...columns.map((column) => cell(rounds, name, column))]),
)}`;
}
