import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whenEnded } from '../../dev/launcher/child.ts';
import { type Command, CommandError, commandLine } from './command.ts';
import type { Shell } from './shell.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Does what it is told, until a signal; from then on every command that runs is ended, and none begins. */
export class RealShell implements Shell {
  readonly #signal: AbortSignal;
  readonly #print: (line: string) => void;

  constructor(signal: AbortSignal, print: (line: string) => void) {
    this.#signal = signal;
    this.#print = print;
  }

  begin(title: string): void {
    this.#print(`\n== ${title}`);
  }

  say(text: string): void {
    this.#print(text);
  }

  async run(command: Command): Promise<void> {
    await this.#start(command, (text) => process.stdout.write(text), true);
  }

  async read<T>(command: Command, parse: (stdout: string) => T): Promise<T> {
    let stdout = '';
    await this.#start(command, (text) => (stdout += text), false);
    return parse(stdout);
  }

  makeFolder(): Promise<string> {
    return mkdtemp(join(tmpdir(), 'overcookied-deploy-'));
  }

  copy(from: string, to: string): Promise<void> {
    return cp(join(repository, from), to, { recursive: true });
  }

  write(path: string, text: string): Promise<void> {
    return writeFile(path, text);
  }

  remove(folder: string): Promise<void> {
    return rm(folder, { recursive: true, force: true });
  }

  async #start(command: Command, onText: (text: string) => void, isShown: boolean): Promise<void> {
    this.#signal.throwIfAborted();
    this.#print(`$ ${commandLine(command)}`);
    const child = spawn(command.tool, command.args, {
      cwd: repository,
      env: { ...process.env, ...command.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A Ctrl-C on the terminal is for us: in a process group of its own a child that takes back what was done lives on.
      detached: true,
    });
    const end = () => endGroup(child);
    this.#signal.addEventListener('abort', end);
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', onText);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (isShown) process.stderr.write(text);
    });
    const how = await whenEnded(child);
    this.#signal.removeEventListener('abort', end);
    this.#signal.throwIfAborted();
    if (child.pid === undefined) {
      throw new CommandError(command, `${command.tool} cannot be run: is it installed?`, how);
    }
    if (how !== 'exit code 0') throw new CommandError(command, how, stderr);
  }
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  } catch (error) {
    // It has just ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
