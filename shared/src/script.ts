import { readFileSync } from 'node:fs';
import { countCall, countFailure } from './script-meter.ts';
import type { Valkey } from './valkey.ts';

type Custom = Record<string, (...args: (string | number)[]) => Promise<unknown>>;

const definitions: Record<string, { lua: string; numberOfKeys: number }> = {};

/**
 * Every script that has been made, for a new connection to know them all from the start. One that a connection
 * learned later would be unknown to the batch of calls that is being collected at that moment, and fail.
 */
export const scriptDefinitions: Readonly<typeof definitions> = definitions;

/**
 * A Lua script in files of its own, run inside Valkey: one atomic change. Scripts are made when their module is
 * loaded, before any connection.
 *
 * ioredis sends a script's text once per connection and its hash from then on.
 */
export class Script<Reply> {
  readonly #name: string;

  /**
   * @param name unique among all scripts; slow-call logs and metrics show it
   * @param files the script's text, and before it what it shares with others
   * @param numberOfKeys how many keys it touches, all in one hash slot where there are slots
   */
  constructor(name: string, files: URL[], numberOfKeys: number) {
    this.#name = name;
    definitions[name] = { lua: files.map((file) => readFileSync(file, 'utf8')).join('\n'), numberOfKeys };
  }

  /**
   * Resolves when it has run, and its changes are with as many replicas as the connection is to wait for.
   *
   * @throws ReplyError when the script fails, Error when Valkey cannot be reached
   */
  async run(valkey: Valkey, keys: string[], ...args: (string | number)[]): Promise<Reply> {
    const run = (valkey as unknown as Custom)[this.#name];
    if (!run) throw new Error(`script ${this.#name} was loaded after the connection was made`);
    const startedAt = performance.now();
    try {
      const reply = (await run.call(valkey, ...keys, ...args)) as Reply;
      countCall(this.#name, startedAt);
      return reply;
    } catch (error) {
      countFailure(this.#name, error as Error);
      throw error;
    }
  }
}
