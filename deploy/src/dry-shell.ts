import { type Command, commandLine, quote } from './command.ts';
import type { Shell } from './shell.ts';

const end = 'END';

/** Prints all that it is told to do as the lines of a shell script, and does nothing. */
export class DryShell implements Shell {
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  begin(title: string): void {
    this.#print(`\n# ${title}`);
  }

  say(text: string): void {
    this.#print(`# ${text}`);
  }

  async run(command: Command): Promise<void> {
    this.#print(commandLine(command));
  }

  async read<T>(command: Command, _parse: (stdout: string) => T, unknown: T): Promise<T> {
    this.#print(commandLine(command));
    return unknown;
  }

  async makeFolder(): Promise<string> {
    const folder = '<temporary folder>';
    this.#print(`mkdir ${quote(folder)}`);
    return folder;
  }

  async copy(from: string, to: string): Promise<void> {
    this.#print(`cp -R ${quote(from)} ${quote(to)}`);
  }

  async write(path: string, text: string, about?: string): Promise<void> {
    const body = about ? `<${about}>` : text.trimEnd();
    this.#print(`cat > ${quote(path)} <<'${end}'\n${body}\n${end}`);
  }

  async remove(folder: string): Promise<void> {
    this.#print(`rm -r ${quote(folder)}`);
  }
}
