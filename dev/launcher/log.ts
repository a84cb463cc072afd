import { styleText } from 'node:util';
import { prettyFactory } from 'pino-pretty';

/** Writes a line of a process's log. */
export type Log = (line: string, output?: NodeJS.WriteStream) => void;

const colors = ['cyan', 'green', 'yellow', 'magenta', 'blue'] as const;
const nameWidth = 'game-ticker'.length;
let logs = 0;

const pretty = prettyFactory({
  // False where NO_COLOR is set, too.
  colorize: process.stdout.isTTY && process.stdout.hasColors(),
  singleLine: true,
  translateTime: 'SYS:HH:MM:ss.l',
  // The name in front of the line says it.
  ignore: 'pid,hostname,service,instance',
});

/**
 * What writes the log of one process, with its name in front of each line. On a terminal, lines of JSON become
 * readable; elsewhere they stay as they are, for grep.
 */
export function createLog(name: string): Log {
  const color = colors[logs++ % colors.length] ?? 'white';
  return (line, output = process.stdout) => {
    const prefix = styleText(color, `${name.padEnd(nameWidth)} │`, { stream: output });
    // An error's stack is one line of JSON, and many on a terminal.
    const lines = (output.isTTY ? pretty(line) : line).trimEnd().split('\n');
    output.write(lines.map((text) => `${prefix} ${text}\n`).join(''));
  };
}
