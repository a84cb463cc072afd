import type { Command } from './command.ts';

/**
 * By what the deploy command acts on the world. There are two: one does it, the other one only tells what it would do.
 * As both are handed the same calls by the same code, what is told is what is done.
 */
export interface Shell {
  /** The title of what comes next. */
  begin(title: string): void;

  /** Tells the reader something. */
  say(text: string): void;

  /**
   * Runs a command; what it writes is shown.
   *
   * @throws CommandError
   */
  run(command: Command): Promise<void>;

  /**
   * Runs a command and reads what it writes on standard output.
   *
   * @param parse makes something of that, or throws what is wrong with it
   * @param unknown what to go on with where nothing runs
   * @throws CommandError
   */
  read<T>(command: Command, parse: (stdout: string) => T, unknown: T): Promise<T>;

  /** A new folder for what lies around on the way. */
  makeFolder(): Promise<string>;

  /** Copies a folder. */
  copy(from: string, to: string): Promise<void>;

  /** @param about what the text is, to be told in its place where it depends on what has not run */
  write(path: string, text: string, about?: string): Promise<void>;

  /** Removes a folder with all that is in it. */
  remove(folder: string): Promise<void>;
}

/** Each does the same, and stops for another reason. */
export interface Shells {
  /** Stops at the first Ctrl-C. */
  forward: Shell;
  /** Stops when somebody loses patience. */
  back: Shell;
  /** Stops for nobody: what must be done is short. */
  last: Shell;
}
