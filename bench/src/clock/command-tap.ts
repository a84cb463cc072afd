import type { Redis } from '@overcookied/shared/valkey.ts';
import { monitor } from '../monitor.ts';
import { nameOf } from '../valkey-load.ts';

/** How many commands a Valkey ran. */
export interface Commands {
  /** As clients sent them: a call of a script is one. */
  sent: number;
  /** Those that scripts ran, beside them. */
  inScripts: number;
}

/**
 * Counts what a Valkey does, command by command, by what it is for (`MONITOR`). That costs Valkey about as much again:
 * not while anything is timed.
 */
export class CommandTap<Purpose extends string> {
  readonly #purposeOf: (name: string, key: string) => Purpose;
  #end = () => {};
  readonly #counted: ReadonlySet<string>;
  readonly #seen = new Map<Purpose, Commands>();
  /** Names of scripts by their hashes: there are thousands of calls a second. */
  readonly #names = new Map<string, string>();
  /** What the latest call of a client is counted as, if it is: what a script runs comes right behind its call. */
  #latest: Commands | undefined;

  private constructor(counted: ReadonlySet<string>, purposeOf: (name: string, key: string) => Purpose) {
    this.#counted = counted;
    this.#purposeOf = purposeOf;
  }

  /**
   * @param counted addresses of the connections whose commands count, as `CLIENT LIST` tells them
   * @param purposeOf what a command of this name (a script's own, as `nameOf` has it) is for, by its first key
   */
  static async open<Purpose extends string>(
    node: Redis,
    counted: ReadonlySet<string>,
    purposeOf: (name: string, key: string) => Purpose,
  ): Promise<CommandTap<Purpose>> {
    const tap = new CommandTap(counted, purposeOf);
    tap.#end = await monitor(node, (command, source) => tap.#see(command, source));
    return tap;
  }

  /** What there has been, by what it was for. */
  get seen(): ReadonlyMap<Purpose, Commands> {
    return this.#seen;
  }

  close(): void {
    this.#end();
  }

  #see(args: string[], source: string): void {
    if (source === 'lua') {
      if (this.#latest) this.#latest.inScripts++;
      return;
    }
    this.#latest = undefined;
    if (!this.#counted.has(source)) return;
    const [command = '', hash = ''] = args;
    const isScript = command.toLowerCase().startsWith('eval');
    const known = isScript ? this.#names.get(hash) : undefined;
    const name = known ?? nameOf(args);
    if (isScript) this.#names.set(hash, name);
    const purpose = this.#purposeOf(name, (isScript ? args[3] : args[1]) ?? '');
    this.#latest = this.#seen.get(purpose) ?? { sent: 0, inScripts: 0 };
    this.#latest.sent++;
    this.#seen.set(purpose, this.#latest);
  }
}
