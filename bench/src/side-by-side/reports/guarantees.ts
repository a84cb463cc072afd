import { guarantees, systems } from '../guarantees.ts';

/** Not aligned, as tables of figures are: it would be wider than any window. */
export function guaranteesReport(): string {
  const names = Object.keys(systems) as (keyof typeof systems)[];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return `## What each does for it

${line(['', ...names.map((name) => systems[name])])}${line(['---', ...names.map(() => '---')])}${guarantees
  .map((each) => line([each.what, ...names.map((name) => each[name])]))
  .join('')}
The programs: [floor](../../bench/peers/floor/main.ts), [the original's design](../../bench/peers/original/main.ts),
[socket.io](../../bench/peers/socketio/main.ts), [Colyseus](../../bench/peers/colyseus/main.ts).
`;
}
