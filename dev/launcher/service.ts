import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from './log.ts';
import { type RunningProcess, startProcess } from './processes.ts';
import { whenReady } from './ready.ts';
import type { ServiceSpec } from './services.ts';

const firstDelayMs = 1_000;
const mostDelayMs = 10_000;
/** Who has run for this long is well, and starts again as quickly as at first. */
const wellAfterMs = 30_000;

/** One of the game's services, which is started again whenever it dies. */
export class Service {
  readonly #spec: ServiceSpec;
  readonly #env: NodeJS.ProcessEnv;
  readonly #log;
  readonly #stopping = new AbortController();
  #process: RunningProcess | undefined;
  #kept: Promise<void> | undefined;

  /** @param env what it has in its environment besides what its spec says */
  constructor(spec: ServiceSpec, env: NodeJS.ProcessEnv) {
    this.#spec = spec;
    this.#env = { ...env, ...spec.env, PORT: String(spec.port), INSTANCE: spec.name };
    this.#log = createLog(spec.name);
  }

  /**
   * Starts it, and resolves when it is ready.
   *
   * @throws Error when it ends before, or does not get ready; the signal's reason when that is aborted
   */
  async start(signal: AbortSignal): Promise<void> {
    const { name, port } = this.#spec;
    const first = this.#run();
    const over = new AbortController();
    try {
      await Promise.race([
        whenReady(port, AbortSignal.any([signal, over.signal])),
        first.ended.then((how) => {
          throw new Error(`ended with ${how} while starting`);
        }),
      ]);
    } catch (error) {
      signal.throwIfAborted();
      throw new Error(`${name} ${(error as Error).message}`, { cause: error });
    } finally {
      over.abort();
    }
    this.#kept = this.#keepRunning(first);
  }

  /** Ends it for good, by force after this many milliseconds. Resolves when it has ended. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    await this.#process?.stop(graceMs);
    await this.#kept;
  }

  #run(): RunningProcess {
    this.#process = startProcess({ script: this.#spec.script, env: this.#env, log: this.#log });
    return this.#process;
  }

  async #keepRunning(first: RunningProcess): Promise<void> {
    const { signal } = this.#stopping;
    let current = first;
    let delayMs = firstDelayMs;
    for (;;) {
      const startedAt = Date.now();
      const how = await current.ended;
      if (signal.aborted) return;
      if (Date.now() - startedAt > wellAfterMs) delayMs = firstDelayMs;
      this.#log(`ended with ${how}; starting it again in ${delayMs / 1_000} s`);
      // It fails only when the signal interrupts it, which the next line sees as well.
      await sleep(delayMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      current = this.#run();
      delayMs = Math.min(delayMs * 2, mostDelayMs);
    }
  }
}
