import { createHash, randomBytes } from 'node:crypto';
import type { Valkey } from '@overcookied/shared/valkey.ts';
import type { ZodMiniType, z } from 'zod/mini';

interface Options<S extends ZodMiniType> {
  valkey: Valkey;
  schema: S;
  /** The key in Valkey, by the secret's hash. */
  key: (hash: string) => string;
  /** For how long it may be taken, in ms. */
  ttlMs: number;
}

/**
 * Things that may be taken once, by any gateway, for a secret that nobody guesses. Valkey knows only the secret's hash:
 * nobody takes anything for what a slow log, a trace or an error says of a call.
 */
export class OneTime<S extends ZodMiniType> {
  readonly #options: Options<S>;

  constructor(options: Options<S>) {
    this.#options = options;
  }

  get ttlMs(): number {
    return this.#options.ttlMs;
  }

  /** @returns the secret. @throws Error when Valkey does not take it */
  async put(value: z.output<S>): Promise<string> {
    const { valkey, ttlMs } = this.#options;
    const secret = randomBytes(24).toString('base64url');
    await valkey.set(this.#keyOf(secret), JSON.stringify(value), 'PX', ttlMs);
    return secret;
  }

  /** @returns undefined for what is not there, or not any more. @throws Error when Valkey does not say */
  async take(secret: string): Promise<z.output<S> | undefined> {
    const text = await this.#options.valkey.getdel(this.#keyOf(secret));
    return text === null ? undefined : this.#options.schema.parse(JSON.parse(text));
  }

  #keyOf(secret: string): string {
    return this.#options.key(createHash('sha256').update(secret).digest('base64url'));
  }
}
