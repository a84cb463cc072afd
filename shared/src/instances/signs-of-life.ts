import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Health } from '../health.ts';
import { instanceName, type Logger } from '../log.ts';
import type { Valkey } from '../valkey.ts';
import { sign, signOff } from './instances.ts';

/** How often a service gives a sign of life, in ms. */
export const signEveryMs = 5_000;
/** How often while something is wrong with it, in ms: so that it is seen soon when it is not any more. */
const signInTroubleEveryMs = 1_000;

interface SignsOfLifeOptions {
  service: string;
  valkey: Valkey;
  health: Health;
  log: Logger;
  /** What the service has in hand, by name. */
  load?: () => Record<string, number>;
}

/** This process' signs of life, by which an operator sees that it runs, and how it is. */
export class SignsOfLife {
  readonly #options: SignsOfLifeOptions;
  readonly #id = randomUUID();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: SignsOfLifeOptions) {
    this.#options = options;
  }

  /** The first one is given when Valkey is there. */
  start(): void {
    void this.#goOn();
  }

  /** Takes the service off the list, if Valkey is there to hear it. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await signOff(this.#options.valkey, this.#id).catch(() => {});
  }

  async #goOn(): Promise<void> {
    const isWell = await this.#sign().catch((error: Error) => {
      this.#options.log.debug({ reason: error.message }, 'no sign of life');
      return false;
    });
    if (this.#stopped) return;
    this.#timer = setTimeout(() => this.#goOn(), isWell ? signEveryMs : signInTroubleEveryMs);
  }

  /** @returns whether the service is ready */
  async #sign(): Promise<boolean> {
    const { service, valkey, health, load } = this.#options;
    const problems = await health.problems();
    // It has signed off in between, and would be missed.
    if (this.#stopped) return true;
    await sign(valkey, this.#id, {
      service,
      name: instanceName(service),
      host: hostname(),
      revision: process.env.REVISION ?? '',
      uptimeSeconds: process.uptime(),
      problems,
      load: load?.() ?? {},
    });
    return problems.length === 0;
  }
}
