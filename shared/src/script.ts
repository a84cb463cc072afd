import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { argumentText } from './resp/command.ts';
import type { RespConnection } from './resp/connection.ts';
import type { Done } from './resp/wire.ts';
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
  /** A call's first arguments, by hash and by text. */
  readonly #byHash: string;
  readonly #byText: string;

  /**
   * @param name unique among all scripts; slow-call logs and metrics show it
   * @param files the script's text, and before it what it shares with others
   * @param numberOfKeys how many keys it touches, all in one hash slot where there are slots
   */
  constructor(name: string, files: URL[], numberOfKeys: number) {
    this.#name = name;
    const lua = files.map((file) => readFileSync(file, 'utf8')).join('\n');
    const hash = createHash('sha1').update(lua).digest('hex');
    this.#byHash = ['EVALSHA', hash, numberOfKeys].map(argumentText).join('');
    this.#byText = ['EVAL', lua, numberOfKeys].map(argumentText).join('');
    definitions[name] = { lua, numberOfKeys };
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

  /** Calls back when it has run. @param keysAndArgs all keys, then the arguments */
  call(connection: RespConnection, keysAndArgs: (string | number)[], done: Done): void {
    const startedAt = performance.now();
    const tell: Done = (error, reply) => {
      if (error) countFailure(this.#name, error);
      else countCall(this.#name, startedAt);
      done(error, reply);
    };
    const count = `*${keysAndArgs.length + 3}\r\n`;
    let rest = '';
    for (const each of keysAndArgs) rest += argumentText(each);
    connection.send(count + this.#byHash + rest, (error, reply) => {
      // This Valkey has not run it yet, or was restarted since.
      if (error?.message.startsWith('NOSCRIPT')) connection.send(count + this.#byText + rest, tell);
      else tell(error, reply);
    });
  }
}
