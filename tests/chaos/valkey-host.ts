import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningValkey, startValkey } from '../../dev/valkey/valkey.ts';

/** A Valkey that keeps what it has acknowledged, and is killed and started again on the same port and data. */
export class ValkeyHost {
  readonly #dir: string;
  #running: RunningValkey;

  private constructor(dir: string, running: RunningValkey) {
    this.#dir = dir;
    this.#running = running;
  }

  static async start(dir: string): Promise<ValkeyHost> {
    return new ValkeyHost(dir, await startValkey(optionsFor(dir)));
  }

  get port(): number {
    return this.#running.port;
  }

  get url(): string {
    return this.#running.url;
  }

  /** Ends it, at once or cleanly, and starts it again after so many ms. Resolves when it answers. */
  async restart(how: 'kill' | 'restart', deadMs: number): Promise<void> {
    const { port } = this.#running;
    if (how === 'kill') this.#running.process.kill('SIGKILL');
    else await this.#running.stop();
    await this.#running.ended;
    await sleep(deadMs);
    this.#running = await startValkey({ ...optionsFor(this.#dir), port });
  }

  /** It does nothing for so many ms. */
  async sleep(ms: number): Promise<void> {
    this.#running.process.kill('SIGSTOP');
    await sleep(ms);
    this.#running.process.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    const { process: child } = this.#running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    // It may be asleep.
    child.kill('SIGCONT');
    await this.#running.stop();
    await exit.catch(() => {});
  }
}

const optionsFor = (dir: string) => ({ dir, persist: true, args: ['--appendfsync', 'always'] });
