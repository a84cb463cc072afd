import { readFileSync } from 'node:fs';
import type { Valkey } from './valkey.ts';

type Custom = Record<string, (...args: (string | number)[]) => Promise<unknown>>;

/**
 * A Lua script in files of its own, run inside Valkey: one atomic change.
 *
 * ioredis sends its text once per connection and its hash from then on.
 */
export class Script<Reply> {
  readonly name: string;
  readonly #lua: string;
  readonly #numberOfKeys: number;

  /**
   * @param name unique among all scripts; slow-call logs and metrics show it
   * @param files the script's text, and before it what it shares with others
   * @param numberOfKeys how many keys it touches, all in one hash slot
   */
  constructor(name: string, files: URL[], numberOfKeys: number) {
    this.name = name;
    this.#lua = files.map((file) => readFileSync(file, 'utf8')).join('\n');
    this.#numberOfKeys = numberOfKeys;
  }

  /** @throws ReplyError when the script fails, Error when Valkey cannot be reached */
  run(valkey: Valkey, keys: string[], ...args: (string | number)[]): Promise<Reply> {
    const commands = valkey as unknown as Custom;
    if (!(this.name in commands))
      valkey.defineCommand(this.name, { lua: this.#lua, numberOfKeys: this.#numberOfKeys });
    return commands[this.name]?.(...keys, ...args) as Promise<Reply>;
  }
}
