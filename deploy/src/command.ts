/** A program and its arguments, which no shell reads. It runs in the repository's folder. */
export interface Command {
  tool: string;
  args: string[];
  /** What it has in its environment beside ours. */
  env?: Record<string, string>;
}

export const command = (tool: string, ...args: string[]): Command => ({ tool, args });

/** A command as one would type it. */
export function commandLine({ tool, args, env = {} }: Command): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}`);
  return [...variables, tool, ...args.map(quote)].join(' ');
}

/** A word as a shell must see it to take it as it is. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

const lastLines = 5;

/** A command could not be started, or ended with another exit code than 0. */
export class CommandError extends Error {
  override name = 'CommandError';
  /** What it wrote on standard error. */
  readonly stderr: string;

  /** @param how it ended, as in `exit code 1` */
  constructor(command: Command, how: string, stderr: string) {
    const lastWords = stderr.trim().split('\n').slice(-lastLines).join('\n');
    super(`${commandLine(command)}: ${how}${lastWords && `\n${lastWords}`}`);
    this.stderr = stderr;
  }
}
